using SockSort.Cli.Recognition;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;

namespace SockSort.Cli.Tests.Recognition;

public sealed class LostMessagesTests
{
    [Fact]
    public void Each_cause_has_its_line_and_its_reason()
    {
        var status = Status(ConnectionState.Disconnected, acknowledged: 4, dropped: 3, rejected: 2, waiting: 1);

        Assert.Equal(6, LostMessages.Count(status));
        Assert.Equal(
            [
                "1 message did not reach the broker (not reachable)",
                "3 messages were dropped: the queue was full, as the broker did not take them in time",
                "2 messages were refused (the broker says no)",
            ],
            LostMessages.Lines(status));
        Assert.Equal(", 3 dropped (queue full), 2 refused", LostMessages.Short(status));
    }

    [Fact]
    public void Where_nothing_is_lost_nothing_is_said()
    {
        var status = Status(ConnectionState.Connected, acknowledged: 4);

        Assert.Equal((0, ""), (LostMessages.Count(status), LostMessages.Short(status)));
        Assert.Empty(LostMessages.Lines(status));
    }

    [Fact]
    public void A_broker_that_refuses_is_not_called_unreachable() =>
        Assert.Equal(
            ["1 message did not reach the broker (refuses: the disk is full)"],
            LostMessages.Lines(Status(ConnectionState.Refused, waiting: 1)));

    private static PublisherStatus Status(
        ConnectionState state, long acknowledged = 0, long dropped = 0, long rejected = 0, int waiting = 0) => new(
        state, acknowledged + dropped + rejected + waiting, acknowledged, dropped, rejected, Resent: 0, waiting, InFlight: 0, Reconnects: 0,
        LastError: "the disk is full", LastRejection: "the broker says no", RefusedTopics: [], MqttVersion.V5);
}
