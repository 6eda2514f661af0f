using SockSort.Cli.Demo;

namespace SockSort.Cli.Tests.Demo;

public sealed class DemoSummaryTests
{
    [Fact]
    public void What_was_lost_is_said_with_its_cause_and_the_demo_is_not_whole()
    {
        var report = Report(dropped: 3, losses: ["2 messages were dropped", "1 messages were refused"]);

        Assert.Equal(["lost        2 messages were dropped", "lost        1 messages were refused"],
            DemoSummary.Lines(report).Where(line => line.StartsWith("lost", StringComparison.Ordinal)));
        Assert.False(report.IsWhole);
    }

    [Fact]
    public void A_demo_whose_messages_have_all_arrived_is_whole()
    {
        var report = Report(dropped: 0, losses: []);

        Assert.DoesNotContain(DemoSummary.Lines(report), line => line.StartsWith("lost", StringComparison.Ordinal));
        Assert.True(report.IsWhole);
    }

    private static DemoReport Report(long dropped, IReadOnlyList<string> losses) => new()
    {
        Frames = 10,
        Missed = 0,
        Published = 10 - dropped,
        Unreadable = 0,
        Redelivered = 0,
        Dropped = dropped,
        ConnectorLost = 0,
        SubscribersMissed = 0,
        Losses = losses,
        FirstFrameSeconds = 1,
        TrainSeconds = 0,
    };
}
