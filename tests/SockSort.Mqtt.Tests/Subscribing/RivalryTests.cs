using Microsoft.Extensions.Time.Testing;
using SockSort.Mqtt.Subscribing;

namespace SockSort.Mqtt.Tests.Subscribing;

public class RivalryTests
{
    private static readonly MqttException Lost = new(MqttErrorKind.Unreachable, "lost");
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly Rivalry _rivalry;

    public RivalryTests() => _rivalry = new Rivalry(MqttEndpoint.Parse("mqtt://example.org"), "cellar", _clock);

    [Fact]
    public void A_takeover_that_the_broker_names_ends_the_attempts()
    {
        var error = _rivalry.Judge(new MqttException(MqttErrorKind.TakenOver, "0x8E"), TimeSpan.FromDays(1), withoutReason: false);

        Assert.Equal(MqttErrorKind.TakenOver, error.Kind);
        Assert.Equal("mqtt://example.org:1883 has given the session of client id 'cellar' to another program that uses the same id, "
            + "for example with a copy of this data folder; stop that one, or give it an id of its "
            + "own, then restart this one", error.Message);
        Assert.Null(Pause(TimeSpan.FromDays(2)));
    }

    [Fact]
    public void Three_ends_in_a_row_without_a_reason_look_like_a_takeover()
    {
        var errors = Enumerable.Range(0, 3).Select(_ => _rivalry.Judge(Lost, Short, withoutReason: true)).ToList();

        Assert.Equal([Lost, Lost], errors[..2]);
        Assert.Equal(MqttErrorKind.TakenOver, errors[2].Kind);
        Assert.Equal("mqtt://example.org:1883 has accepted and closed the connection 3 times in a row without a reason: another program "
            + "seems to use the same client id 'cellar', for example with a copy of this data folder; stop that one, "
            + "or give it an id of its "
            + "own; the next try is in about 1 min, or at a restart", errors[2].Message);
    }

    [Fact]
    public void The_pauses_grow_to_a_quarter_of_an_hour()
    {
        var pauses = new List<double?>();
        for (var i = 0; i < 9; i++)
        {
            _ = _rivalry.Judge(Lost, Short, withoutReason: true);
            pauses.Add(Pause(TimeSpan.FromHours(1)));
        }

        Assert.Equal([0, 0, 1, 2, 4, 8, 15, 15, 15], pauses);
    }

    [Theory]
    [InlineData(1, false)] // the network failed, or the broker gave a reason
    [InlineData(70, true)] // it had lived for a while
    public void Other_ends_do_not_look_like_a_takeover(int livedSeconds, bool withoutReason)
    {
        for (var i = 0; i < 2; i++)
            _ = _rivalry.Judge(Lost, Short, withoutReason: true);
        _ = _rivalry.Judge(Lost, TimeSpan.FromSeconds(livedSeconds), withoutReason);
        for (var i = 0; i < 2; i++)
            Assert.Same(Lost, _rivalry.Judge(Lost, Short, withoutReason: true));

        Assert.Equal(0, Pause(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_broker_that_could_not_be_reached_between_has_been_restarted()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Same(Lost, _rivalry.Judge(Lost, Short, withoutReason: true));
            _rivalry.Failed();
        }

        Assert.Equal(0, Pause(TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_subscription_that_never_stood_tells_nothing()
    {
        for (var i = 0; i < 5; i++)
            Assert.Same(Lost, _rivalry.Judge(Lost, lived: null, withoutReason: true));
    }

    /// <summary>Minutes until the next attempt; null where there is none for so long.</summary>
    private double? Pause(TimeSpan longest)
    {
        var pause = _rivalry.PauseAsync(default);
        var step = TimeSpan.FromMinutes(1);
        for (var passed = TimeSpan.Zero; passed <= longest; passed += step)
        {
            if (pause.IsCompleted)
                return passed.TotalMinutes;
            _clock.Advance(step);
        }
        return null;
    }
}
