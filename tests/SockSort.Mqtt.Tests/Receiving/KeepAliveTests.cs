using Microsoft.Extensions.Time.Testing;
using SockSort.Mqtt.Receiving;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Receiving;

public class KeepAliveTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Check = Period / 4;

    private readonly FakeTimeProvider _clock = new();
    private TimeSpan _silence;
    private TimeSpan _sinceSent;
    private int _pings;
    private int _looks;

    [Fact]
    public async Task A_busy_connection_is_left_alone()
    {
        var watch = Watch();

        await PassAsync(checks: 20);

        Assert.Equal((0, false), (_pings, watch.IsCompleted));
    }

    [Fact]
    public async Task The_broker_hears_of_a_client_that_sends_nothing()
    {
        _sinceSent = Period;
        var watch = Watch();

        await PassAsync(checks: 3);

        Assert.Equal((3, false), (_pings, watch.IsCompleted));
    }

    [Fact]
    public async Task A_broker_that_says_nothing_is_asked_and_then_given_up()
    {
        var watch = Watch();

        _silence = Period;
        await PassAsync(checks: 3);
        var pings = _pings;
        _silence = Period * 1.5;
        await PassAsync(checks: 1);
        await watch.WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(1, pings);
    }

    private Task Watch() => new KeepAlive(Period, _clock, Silence, () => _sinceSent, () =>
    {
        _pings++;
        return Task.CompletedTask;
    }).UntilGoneAsync(default);

    private TimeSpan Silence()
    {
        _ = Interlocked.Increment(ref _looks);
        return _silence;
    }

    private async Task PassAsync(int checks)
    {
        for (var i = 0; i < checks; i++)
        {
            var before = Volatile.Read(ref _looks);
            _clock.Advance(Check);
            await Eventually.TrueAsync(() => Volatile.Read(ref _looks) > before, "the keep-alive has looked");
        }
    }
}
