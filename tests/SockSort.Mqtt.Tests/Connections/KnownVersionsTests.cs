using Microsoft.Extensions.Time.Testing;
using SockSort.Mqtt.Connections.Opening;

namespace SockSort.Mqtt.Tests.Connections;

public class KnownVersionsTests
{
    private static readonly MqttEndpoint Broker = MqttEndpoint.Parse("mqtt://Door:1883");

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void What_is_known_is_forgotten_after_an_hour_however_often_it_was_used()
    {
        var known = new KnownVersions(_clock);
        known.Learn(Broker, MqttVersion.V311);

        _clock.Advance(TimeSpan.FromMinutes(40));
        known.Learn(Broker, MqttVersion.V311);
        _clock.Advance(TimeSpan.FromMinutes(19));
        var before = known.Find(Broker);
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal((MqttVersion.V311, null), (before, known.Find(Broker)));
    }

    [Fact]
    public void It_belongs_to_host_port_and_TLS_whoever_connects()
    {
        var known = new KnownVersions(_clock);
        known.Learn(Broker, MqttVersion.V31);

        Assert.Equal(MqttVersion.V31, known.Find(MqttEndpoint.Parse("mqtt://ann:secret@door:1883")));
        Assert.Null(known.Find(MqttEndpoint.Parse("mqtt://door:1884")));
        Assert.Null(known.Find(MqttEndpoint.Parse("mqtts://door:1883")));
    }
}
