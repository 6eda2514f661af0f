using System.Diagnostics;
using SockSort.Testing;

namespace SockSort.Host.Tests.Configuration;

/// <summary>The unit in <c>samples/</c>.</summary>
public sealed class SystemdUnitTests : IDisposable
{
    private const string Verifier = "/usr/bin/systemd-analyze";

    private readonly TempFolder _folder = new();
    private readonly string _unit = File.ReadAllText(Repository.PathOf("samples/socksort.service"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Systemd_finds_nothing_wrong_with_it()
    {
        Assert.SkipUnless(File.Exists(Verifier), "systemd-analyze is not installed");
        // The program is not installed where tests run.
        var unit = _unit.Replace("/opt/socksort/socksort run", "/bin/true run", StringComparison.Ordinal);
        var file = _folder.Write("socksort.service", unit);

        var said = await VerifyAsync(file);

        Assert.Equal("", said);
    }

    [Fact]
    public async Task Systemd_would_find_a_key_that_it_does_not_know()
    {
        Assert.SkipUnless(File.Exists(Verifier), "systemd-analyze is not installed");
        var file = _folder.Write("socksort.service", "[Service]\nExecStart=/bin/true\nProtectSocks=yes\n");

        var said = await VerifyAsync(file);

        Assert.Contains("Unknown key 'ProtectSocks'", said);
    }

    [Theory]
    [InlineData("ExecStart=/opt/socksort/socksort run --config /etc/socksort/socksort.yaml")]
    [InlineData("KillSignal=SIGTERM")]
    [InlineData("TimeoutStopSec=15")]
    [InlineData("Restart=on-failure")]
    [InlineData("DynamicUser=yes")]
    [InlineData("StateDirectory=socksort")]
    [InlineData("NoNewPrivileges=yes")]
    [InlineData("ProtectSystem=strict")]
    [InlineData("DeviceAllow=char-video4linux rw")]
    public void It_runs_the_program_with_no_more_rights_than_it_needs(string line) => Assert.Contains(line, _unit.Split('\n'));

    private static async Task<string> VerifyAsync(string file)
    {
        using var verifier = Process.Start(new ProcessStartInfo(Verifier, ["verify", "--man=no", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = verifier.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await verifier.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        return error + await output;
    }
}
