using SockSort.Log.Kafka.Addresses;
using SockSort.Testing;

namespace SockSort.Log.Kafka.Tests.Clients;

/// <summary>Brokers that can't be reached, or refuse: what is said, and that no secret is in it.</summary>
public sealed class ReachingTests(SharedKafka kafka) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_unknown_host_is_named()
    {
        var error = Assert.Throws<LogException>(() => KafkaLogReader.Open(KafkaAddress.Parse("kafka://no-such-host.invalid:9092")));

        Assert.Equal(LogErrorKind.Unreachable, error.Kind);
        Assert.StartsWith(
            "kafka://no-such-host.invalid:9092 can't be used (no-such-host.invalid:9092/bootstrap: Failed to resolve ", error.Message);
        Assert.EndsWith("; check the host's name in the address", error.Message);
    }

    [Fact]
    public void A_port_where_nobody_listens_is_named()
    {
        var port = FreePort.Next();

        var error = Assert.Throws<LogException>(() => KafkaLog.Open(KafkaAddress.Parse($"kafka://127.0.0.1:{port}")));

        Assert.Equal(LogErrorKind.Unreachable, error.Kind);
        Assert.Equal(
            $"kafka://127.0.0.1:{port} can't be used (127.0.0.1:{port}/bootstrap: Connect to ipv4#127.0.0.1:{port} failed: Connection "
            + "refused); check the address, and whether the broker runs and its advertised.listeners can be reached from here",
            error.Message);
    }

    [Fact]
    public async Task A_login_by_a_file_is_let_in()
    {
        var server = await kafka.ServerAsync();

        await using var log = KafkaLog.Open(Address(server, KafkaServer.Password));

        Assert.Equal(0, await log.AppendAsync($"socks-{Guid.NewGuid():n}", NewRecord.Of(1, null, [1])));
    }

    [Fact]
    public async Task A_wrong_password_is_told_with_the_file_that_has_it()
    {
        var server = await kafka.ServerAsync();
        var address = Address(server, "not-the-secret");

        var error = Assert.Throws<LogException>(() => KafkaLogReader.Open(address));

        Assert.Equal(LogErrorKind.Denied, error.Kind);
        Assert.Contains("Authentication failed: Invalid username or password", error.Message);
        Assert.EndsWith($"); check sasl.mechanism, sasl.username and sasl.password in {address.PropertiesFile}", error.Message);
        Assert.DoesNotContain("not-the-secret", error.ToString());
    }

    [Theory]
    [InlineData("sasl.mechanisn=PLAIN", "No such configuration property: \"sasl.mechanisn\"")]
    [InlineData("security.protocol=PLAIN", "Invalid value \"PLAIN\" for configuration property \"security.protocol\"")]
    public void A_setting_that_the_library_does_not_know_is_named_with_the_file(string line, string reason)
    {
        var file = _folder.Write("kafka.properties", line);

        var error = Assert.Throws<LogException>(() => KafkaLogReader.Open(KafkaAddress.Parse($"kafka://127.0.0.1?properties={file}")));

        Assert.Equal(
            $"{file}: Kafka's client library refuses the settings ({reason}); its keys are those of librdkafka's CONFIGURATION.md",
            error.Message);
    }

    private KafkaAddress Address(KafkaServer server, string password)
    {
        var file = _folder.Write("kafka.properties", $"""
            security.protocol=SASL_PLAINTEXT
            sasl.mechanism=PLAIN
            sasl.username={KafkaServer.User}
            sasl.password={password}
            """);
        return KafkaAddress.Parse($"kafka://{server.SaslBootstrap}?properties={file}");
    }
}
