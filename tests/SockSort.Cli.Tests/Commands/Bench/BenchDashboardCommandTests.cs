using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands.Bench;

public sealed class BenchDashboardCommandTests
{
    [Fact]
    public async Task Each_job_has_its_figures()
    {
        // Whether what is wanted was reached is not for a test to say: other work may have the processors.
        await using var bench = SocksortProcess.Start(
            ["bench", "dashboard", "--pairs", "1", "--dashboards", "2", "--for", "1s", "--past", "1m"]);
        _ = await bench.EndAsync(TimeSpan.FromMinutes(6));
        var output = bench.Output;

        const string Times = @"\d+ ms \(most \d+\) of 5";
        Assert.Matches($@"\nfirst picture after opening: first visit {Times}; again {Times}; wanted: below 1000 ms: ", output);
        Assert.Matches(@"\na pair is shown after its record: p50 \d+ ms, p95 \d+ ms, most \d+ ms of 1; wanted: ", output);
        Assert.Matches(@"\n0 open: [\d.]+ processors, \d+ MB, 0.0 pictures/s at each\n", output);
        Assert.Matches(@"\n2 open: [\d.]+ processors, \d+ MB, [\d.]+ pictures/s at each\n", output);
        Assert.Matches(@"\n0 hours of events: 240 frames, 5 pairs in \d+ s: program \d+ MB, page [\d.]+ MB and \d+ nodes\n", output);
        Assert.Matches(@"\nmemory after the first 0 hours and after the last; wanted: grows by less than 10 %: ", output);
    }
}
