using Microsoft.Extensions.Time.Testing;
using SockSort.Cli.Brokers;
using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Tests.Brokers;

public class BrokerJournalTests
{
    [Fact]
    public void Each_kind_is_told_at_once_and_then_once_a_minute_while_it_goes_on()
    {
        var time = new FakeTimeProvider();
        var counts = new BrokerCounts();
        var lines = new List<string>();
        var journal = new BrokerJournal(() => counts, lines.Add, time);

        journal.Check();
        counts = counts with
        {
            RefusedConnections = 1,
            Refusals = new Dictionary<string, long> { ["PUBLISH with QoS 3 [MQTT-3.3.1-4]"] = 1 },
        };
        journal.Check();
        counts = counts with { RefusedConnections = 5 };
        journal.Check();
        time.Advance(TimeSpan.FromMinutes(1));
        journal.Check();
        journal.Check();

        Assert.Equal(
        [
            "broker: logins refused, without or with a wrong password: 1",
            "broker: refused PUBLISH with QoS 3 [MQTT-3.3.1-4]: 1",
            "broker: logins refused, without or with a wrong password: 5",
        ], lines);
    }
}
