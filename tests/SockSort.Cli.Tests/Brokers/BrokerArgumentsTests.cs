using SockSort.Testing;

namespace SockSort.Cli.Tests.Brokers;

public sealed class BrokerArgumentsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("server --mqtt-listen 0.0.0.0", "--mqtt-listen 0.0.0.0 can be reached from other machines: name its users "
        + "with --mqtt-users FILE "
        + "('socksort mqtt-passwd FILE NAME' makes it), or listen on 127.0.0.1")]
    [InlineData("server --mqtt-listen 127.0.0.1 --mqtt-listen "
        + "[::]:1883 --mqtt-no-tls", "--mqtt-listen [::]:1883 can be reached from other machines: "
        + "name its users with --mqtt-users FILE ('socksort mqtt-passwd FILE NAME' makes it), or listen on 127.0.0.1")]
    [InlineData("server --mqtt-listen 1883", "--mqtt-listen '1883' is no address, expected one as 0.0.0.0:8883, 127.0.0.1, [::]:8883 or "
        + "ws://127.0.0.1:9001")]
    [InlineData("server --mqtt-listen 127.0.0.1 --mqtt-listen ws://0.0.0.0:9001 --mqtt-users users",
        "--mqtt-listen ws://0.0.0.0:9001 speaks plain text and can be reached from other machines: write wss://, or --mqtt-no-tls")]
    [InlineData("server --mqtt-listen ws://127.0.0.1",
        "--mqtt-listen names addresses for WebSockets only: add one without ws:// for the program's own parts, as 127.0.0.1")]
    [InlineData("server --mqtt-listen 127.0.0.1 --mqtt-acl acl",
        "--mqtt-acl needs --mqtt-users: name the password file of the users that it gives rights to")]
    [InlineData("server --mqtt-users users", "--mqtt-users needs --mqtt-listen: say where the broker is to listen")]
    [InlineData("server --mqtt-no-tls", "--mqtt-no-tls needs --mqtt-listen: say where the broker is to listen")]
    [InlineData("server --mqtt-listen 127.0.0.1 --mqtt-key key",
        "--mqtt-key needs --mqtt-certificate: name the file of the certificate that the key belongs to")]
    [InlineData(
        "server --mqtt-listen 127.0.0.1 --mqtt-certificate c --mqtt-no-tls", "--mqtt-no-tls and --mqtt-certificate exclude each other")]
    [InlineData(
        "demo --mqtt mqtt://localhost --mqtt-listen 127.0.0.1",
        "--mqtt-listen and --mqtt exclude each other: the broker is here, or elsewhere")]
    public async Task What_does_not_go_together_is_wrong_usage(string line, string problem)
    {
        var run = await CliRun.InvokeAsync(line.Split(' '));

        Assert.Equal((2, $"socksort: {problem}"), (run.ExitCode, run.Error.Split('\n')[0]));
    }

    [Fact]
    public async Task A_password_file_that_cannot_be_read_ends_the_start()
    {
        var users = _folder.File("users");

        var run = await CliRun.InvokeAsync("server", "--data", _folder.File("data"), "--mqtt-listen", "0.0.0.0:0", "--mqtt-users", users);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"socksort: {users}: the broker's users can't be read (", run.LastError);
        Assert.EndsWith($"); 'socksort mqtt-passwd {users} NAME' makes the file", run.LastError);
    }

    [Fact]
    public async Task A_certificate_without_its_key_is_named_with_what_to_do()
    {
        var certificate = SelfSignedCertificate.Make(_folder, "localhost").File;

        var run = await CliRun.InvokeAsync(
            "server", "--data", _folder.File("data"), "--mqtt-listen", "127.0.0.1:0", "--mqtt-certificate", certificate);

        var problem = "no key is in it: name the key's file by --mqtt-key";
        Assert.Equal((1, $"socksort: --mqtt-certificate {certificate}: {problem}"), (run.ExitCode, run.LastError));
    }

    [Theory]
    [InlineData("a:b", "'a:b' can't be a user of the broker: a name has at least one character, and no ':' or control character")]
    [InlineData("", "'' can't be a user of the broker: a name has at least one character, and no ':' or control character")]
    public async Task A_name_that_a_password_file_cannot_hold_is_named(string name, string problem)
    {
        var password = _folder.Write("password", "s3cret\n");

        var run = await CliRun.InvokeAsync("mqtt-passwd", _folder.File("users"), name, "--password-file", password);

        Assert.Equal((1, $"socksort: {problem}"), (run.ExitCode, run.LastError));
    }
}
