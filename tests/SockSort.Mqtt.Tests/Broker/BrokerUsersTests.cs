using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using SockSort.Mqtt.Broker;
using SockSort.Testing;
using static SockSort.Mqtt.Tests.Broker.RawClient;

namespace SockSort.Mqtt.Tests.Broker;

public sealed class BrokerUsersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sha512-pbkdf2")]
    [InlineData("sha512")]
    public async Task A_file_of_mosquitto_passwd_is_understood(string kind)
    {
        var path = _folder.File("users");
        await MosquittoPasswdAsync("-H", kind, "-c", "-b", path, "camera", "s3cret:with$all");

        var users = BrokerUsers.Load(path);

        Assert.True(users.Admits("camera", "s3cret:with$all"));
        Assert.True(users.Admits("camera", "s3cret:with$all"));
        Assert.False(users.Admits("camera", "s3cret"));
        Assert.False(users.Admits("camer", "s3cret:with$all"));
        Assert.False(users.Admits(null, null));
    }

    [Fact]
    public async Task Mosquitto_understands_a_file_of_ours()
    {
        var path = _folder.File("users");
        BrokerUsers.Set(path, "camera", "first");
        BrokerUsers.Set(path, "other", "x");
        BrokerUsers.Set(path, "camera", "s3cret");
        var port = FreePort.Next();
        var configuration = _folder.Write("mosquitto.conf", $"""
            listener {port} 127.0.0.1
            password_file {path}
            allow_anonymous false
            user {Environment.UserName}
            log_dest none

            """);
        using var mosquitto = Process.Start(new ProcessStartInfo(Programs.Find("mosquitto"), ["-c", configuration]))!;
        var endpoint = MqttEndpoint.Parse($"mqtt://127.0.0.1:{port}", "camera", "s3cret");

        try
        {
            await Eventually.TrueAsync(async () => await IsInAsync(endpoint), "the right password is taken");
            Assert.False(await IsInAsync(endpoint with { Password = "first" }));
        }
        finally
        {
            mosquitto.Kill();
        }
    }

    [Fact]
    public void A_file_that_is_made_is_its_owners_only()
    {
        var path = _folder.File("users");

        BrokerUsers.Set(path, "camera", "s3cret");

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public void A_changed_file_counts_from_the_next_login_on_and_a_broken_one_changes_nothing()
    {
        var path = _folder.File("users");
        BrokerUsers.Set(path, "camera", "first");
        var users = BrokerUsers.Load(path);
        Assert.True(users.Admits("camera", "first"));

        BrokerUsers.Set(path, "camera", "second");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(10));
        var (oldOne, newOne) = (users.Admits("camera", "first"), users.Admits("camera", "second"));
        File.WriteAllText(path, "nonsense");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(20));

        Assert.Equal((false, true, true), (oldOne, newOne, users.Admits("camera", "second")));
    }

    [Theory]
    [InlineData("camera:plain\n", 1)]
    [InlineData("# cameras\nnonsense\n", 2)]
    [InlineData("camera:$7$99999999999$c2FsdA==$c2FsdA==\n", 1)]
    public void A_line_that_is_none_of_a_password_file_is_named_with_what_to_do(string text, int line)
    {
        var path = _folder.Write("users", text);

        var error = Assert.Throws<MqttException>(() => BrokerUsers.Load(path));

        Assert.Equal($"{path}:{line}: is no line of a password file, expected USER:$7$ITERATIONS$SALT$HASH; "
            + $"'socksort mqtt-passwd {path} NAME' or mosquitto_passwd writes one", error.Message);
    }

    [Fact]
    public void A_file_without_a_user_is_named_with_what_to_do()
    {
        var path = _folder.Write("users", "\n");

        var error = Assert.Throws<MqttException>(() => BrokerUsers.Load(path));

        Assert.Equal($"{path}: holds no user; 'socksort mqtt-passwd {path} NAME' adds one", error.Message);
    }

    [Theory]
    [InlineData("31")]
    [InlineData("311")]
    [InlineData("5")]
    public async Task A_user_of_the_file_comes_in_and_so_does_the_brokers_own(string version)
    {
        var path = _folder.File("users");
        BrokerUsers.Set(path, "camera", "s3cret");
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Users = BrokerUsers.Load(path) });
        var camera = broker.Endpoint with { User = "camera", Password = "s3cret" };

        Assert.True(await IsInAsync(camera, version));
        Assert.True(await IsInAsync(broker.Endpoint, version));
        Assert.False(await IsInAsync(camera with { Password = "wrong" }, version));
        Assert.False(await IsInAsync(camera with { User = null }, version));

        Assert.True(broker.Admits("camera", "s3cret"));
        Assert.Equal((2, 2), (broker.Counts.RefusedConnections, broker.Counts.Received));
    }

    [Fact]
    public async Task Guesses_wait_longer_each_time()
    {
        var time = new FakeTimeProvider();
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Time = time });
        for (var i = 0; i < 3; i++)
            Assert.Equal([0x20, 2, 0, 4], await GuessAsync(broker));

        var fourth = GuessAsync(broker);
        await Eventually.TrueAsync(() => broker.Counts.Connections == 1, "the fourth waits");
        time.Advance(TimeSpan.FromMilliseconds(240));
        var before = fourth.IsCompleted;
        await Eventually.TrueAsync(() => Passed(time, fourth), "its time is over");

        Assert.False(before);
        Assert.Equal([0x20, 2, 0, 4], await fourth);
        Assert.Equal(4, broker.Counts.RefusedConnections);
    }

    private static async Task<bool> IsInAsync(MqttEndpoint endpoint, string version = "311") =>
        (await MosquittoClient.PublishAsync(endpoint, "a", "x", "-V", version)).Code == 0;

    private static bool Passed(FakeTimeProvider time, Task task)
    {
        time.Advance(TimeSpan.FromMilliseconds(10));
        return task.IsCompleted;
    }

    private static async Task<byte[]?> GuessAsync(EmbeddedBroker broker)
    {
        using var client = await OpenAsync(broker);
        await client.SendAsync(Packet(0x10, [.. Text("MQTT"), 4, 0xC2, 0, 0, .. Text("guess"), .. Text("socksort"), .. Text("guess")]));
        return await client.ReadAsync();
    }

    private static async Task MosquittoPasswdAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Programs.Find("mosquitto_passwd"), arguments))!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
