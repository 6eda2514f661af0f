using System.Text.RegularExpressions;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class BenchMqttCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_burst_is_in_the_log_and_in_the_counts_with_its_figures()
    {
        var (code, output) = await SocksortProcess.RunAsync(
            ["bench", "mqtt", "--messages", "2000", "--acknowledged", "400", "--no-mosquitto", "--folder", _folder.Path]);

        var lines = output.Trim().Split('\n');
        Assert.Equal(0, code);
        Assert.Equal(["QoS 0, one publisher", "QoS 1, one publisher", "QoS 1, four publishers"], lines.Select(line => line.Split(": ")[0]));
        Assert.All(lines, line => Assert.Matches(
            new Regex(@"^[^:]+: \d+ messages/s to the counts \(\d+\.\d\d of \d+\), \d+/s published, [\d.]+ us of processor a message, "
                + @"\d+ MB at most, (\d+) in the log, \1 counted, 0 lost$"), line));
    }
}
