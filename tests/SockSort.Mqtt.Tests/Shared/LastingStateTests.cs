using Microsoft.Extensions.Time.Testing;
using SockSort.Shared;

namespace SockSort.Mqtt.Tests.Shared;

public sealed class LastingStateTests : IDisposable
{
    private static readonly Standing Well = new("Connected", Problem: null);

    private readonly FakeTimeProvider _time = new();
    private readonly List<Standing> _told = [];
    private readonly LastingState _state;
    private Standing? _now;

    public LastingStateTests() => _state = new LastingState(() => _now, _told.Add, _time);

    public void Dispose() => _state.Dispose();

    [Fact]
    public void What_is_well_from_the_start_is_told_at_once()
    {
        Become(Well);
        Become(Well);

        Assert.Equal([Well], _told);
    }

    [Fact]
    public void A_problem_is_told_once_and_not_at_each_try()
    {
        Become(Away("port 1"));
        Become(Away("port 1"));
        Become(Away("port 2"));
        Become(Away("port 1"));

        Assert.Equal([Away("port 1"), Away("port 2")], _told);
    }

    [Fact]
    public void Problems_that_never_repeat_are_not_told_for_ever()
    {
        for (var i = 0; i < 100; i++)
            Become(Away($"port {i}"));

        Assert.Equal(5, _told.Count);
    }

    [Fact]
    public void What_is_well_again_is_told_when_it_has_lasted_two_seconds()
    {
        Become(Away("port 1"));
        Become(Well);
        var before = _told.Count;

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, before);
        Assert.Equal([Away("port 1"), Well], _told);
    }

    [Fact]
    public void What_is_well_for_a_moment_only_is_not_told()
    {
        for (var i = 0; i < 10; i++)
        {
            Become(Away("closed"));
            Become(Well);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
        Become(Away("closed"));
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal([Away("closed")], _told);
    }

    [Fact]
    public void The_same_problem_is_told_again_after_all_was_well()
    {
        Become(Away("port 1"));
        Become(Well);
        _time.Advance(TimeSpan.FromSeconds(2));
        Become(Away("port 1"));

        Assert.Equal([Away("port 1"), Well, Away("port 1")], _told);
    }

    [Fact]
    public void What_is_told_is_told_again_after_it_was_forgotten()
    {
        Become(Well);
        _state.Reset();
        Become(Well);

        Assert.Equal([Well, Well], _told);
    }

    private static Standing Away(string problem) => new("Disconnected", problem);

    private void Become(Standing standing)
    {
        _now = standing;
        _state.Check();
    }
}
