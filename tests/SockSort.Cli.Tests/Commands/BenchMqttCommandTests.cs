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
            ["bench", "mqtt", "--job", "burst", "--messages", "2000", "--acknowledged", "400", "--no-mosquitto", "--folder", _folder.Path]);

        var lines = output.Trim().Split('\n');
        Assert.Equal(0, code);
        Assert.Equal(["QoS 0, one publisher", "QoS 1, one publisher", "QoS 1, four publishers"], lines.Select(line => line.Split(": ")[0]));
        Assert.All(lines, line => Assert.Matches(
            new Regex(@"^[^:]+: \d+ messages/s to the counts \(\d+\.\d\d of \d+\), \d+/s published, [\d.]+ us of processor a message, "
                + @"\d+ MB at most, (\d+) in the log, \1 counted, 0 lost$"), line));
    }

    [Fact]
    public async Task Each_message_of_many_cameras_is_acknowledged_in_the_log_and_a_row_once()
    {
        var (code, output) = await SocksortProcess.RunAsync(
            ["bench", "mqtt", "--job", "cameras", "--cameras", "50", "--rate", "4", "--for", "2s", "--folder", _folder.Path]);

        var line = output.Trim().Split('\n')[^1];
        Assert.Equal(0, code);
        // As many before it is measured.
        Assert.Matches(new Regex(@"^50 cameras: \d+ messages/s, from due to pushed row p50 .* of 400, .*, 800 published, 800 acknowledged, "
            + "800 in the log, 800 rows, 0 lost, 0 rows twice$"), line);
    }

    [Fact]
    public async Task Of_more_than_can_be_taken_each_message_went_on_or_is_counted_as_dropped()
    {
        var (code, output) = await SocksortProcess.RunAsync(
            ["bench", "mqtt", "--job", "overload", "--overload", "10", "--for", "1s", "--folder", _folder.Path]);

        Assert.Equal(0, code);
        Assert.Matches(new Regex(@"^overload: \d+/s offered \([\d.]+ times of \d+/s\); publishers: \d+ in, (\d+) out, \d+ dropped; "
            + @"broker: \1 in; log: \1; counts: \1; slow subscriber: \d+ out, \d+ dropped; 0 not accounted for; "
            + @"server \d+ MB, publishers \d+ MB at most$"), output.Trim());
    }
}
