namespace SockSort.Bench.Tests;

public class LatenciesTests
{
    [Fact]
    public void A_share_is_the_shortest_time_that_it_does_not_exceed()
    {
        var latencies = OfMilliseconds(1, 2, 3, 4);

        Assert.Equal(
            [1, 2, 3, 4],
            new[] { 0.25, 0.5, 0.75, 1 }.Select(share => Math.Round(latencies.MillisecondsAt(share)!.Value, 1)));
        Assert.Equal("p50 2.00 ms, p99 4.00 ms, p99.9 4.00 ms, most 4.0 ms of 4", latencies.ToString());
    }

    [Fact]
    public void Where_nothing_was_measured_there_is_no_figure()
    {
        var latencies = new Latencies();

        Assert.Null(latencies.MillisecondsAt(0.5));
        Assert.Equal("p50 0.00 ms, p99 0.00 ms, p99.9 0.00 ms, most 0.0 ms of 0", latencies.ToString());
    }

    [Fact]
    public void Two_measurements_become_one()
    {
        var latencies = OfMilliseconds(1);

        latencies.Add(OfMilliseconds(100, 100));
        latencies.Add(new Latencies());

        Assert.Equal((3, 100.0), (latencies.Count, Math.Round(latencies.MillisecondsAt(0.5)!.Value)));
    }

    [Fact]
    public void A_clock_that_was_set_counts_as_none_and_as_an_hour_at_most()
    {
        var latencies = OfMilliseconds(-5, TimeSpan.FromDays(1).TotalMilliseconds);

        Assert.Equal(0, latencies.MillisecondsAt(0.5));
        Assert.Equal(1, Math.Round(latencies.MillisecondsAt(1)!.Value / TimeSpan.FromHours(1).TotalMilliseconds, 2));
    }

    private static Latencies OfMilliseconds(params double[] durations)
    {
        var latencies = new Latencies();
        foreach (var duration in durations)
            latencies.Add(TimeSpan.FromMilliseconds(duration));
        return latencies;
    }
}
