using Microsoft.Extensions.Time.Testing;

namespace SockSort.Edge.Tests;

public sealed class RateMeterTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Four_a_second_are_measured_as_four()
    {
        var rate = new RateMeter(_time);

        Count(rate, times: 30, TimeSpan.FromMilliseconds(250));

        Assert.Equal(4, rate.PerSecond, 6);
    }

    [Fact]
    public void Once_is_no_rate()
    {
        var rate = new RateMeter(_time);

        rate.Count();

        Assert.Equal(0, rate.PerSecond);
    }

    [Fact]
    public void A_rate_sinks_when_nothing_happens_any_more()
    {
        var rate = new RateMeter(_time);
        Count(rate, times: 20, TimeSpan.FromMilliseconds(250));

        _time.Advance(TimeSpan.FromSeconds(95));

        Assert.InRange(rate.PerSecond, 0.01, 0.2);
    }

    private void Count(RateMeter rate, int times, TimeSpan interval)
    {
        for (var count = 0; count < times; count++)
        {
            rate.Count();
            _time.Advance(interval);
        }
    }
}
