using System.Diagnostics;
using System.Net.Sockets;
using SockSort.Testing;

namespace SockSort.Cli.Tests;

/// <summary>npm's s3rver on a free port, with one empty bucket; our client finds it through the environment, as the AWS tools do.</summary>
public sealed class S3Server : IDisposable
{
    public const string Bucket = "socks";
    private const string Key = "S3RVER"; // the one key that s3rver knows; its secret is the same

    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private Process? _process;

    /// <summary>Starts it, or skips the test where it is not installed.</summary>
    public async Task StartAsync()
    {
        if (_process is not null)
            return;
        var program = Repository.PathOf(".build/npm/node_modules/.bin/s3rver");
        if (!File.Exists(program))
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "s3rver is not installed: ./test installs it");
        _process = Process.Start(
            new ProcessStartInfo(
                program,
                ["--directory", _folder.Path, "--port", $"{_port}", "--address", "127.0.0.1", "--configure-bucket", Bucket, "--silent"]))!;
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", $"http://127.0.0.1:{_port}");
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", Key);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", Key);
        await Eventually.TrueAsync(Answers, "s3rver answers");
    }

    /// <summary>Another client: Debian's s3cmd.</summary>
    public async Task S3CmdAsync(params string[] arguments)
    {
        string[] access =
        [
            "--access_key", Key, "--secret_key", Key, "--no-ssl", "--host", $"127.0.0.1:{_port}", "--host-bucket", $"127.0.0.1:{_port}",
            "--config", "/dev/null", "--region", "us-east-1", "--quiet",
        ];
        using var process = Process.Start(
            new ProcessStartInfo(Programs.Find("s3cmd"), [.. access, .. arguments]) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, error);
    }

    public void Dispose()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        _folder.Dispose();
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
