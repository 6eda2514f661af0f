using SockSort.Edge.Cameras;

namespace SockSort.Edge.Tests.Cameras;

public sealed class ReopenDelayTests
{
    [Fact]
    public void The_pauses_double_from_half_a_second_to_half_a_minute_each_up_to_half_shorter_by_chance()
    {
        var delay = new ReopenDelay();
        double[] full = [0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 30];

        var shares = full.Select(seconds => delay.Next().TotalSeconds / seconds).ToArray();

        Assert.All(shares, share => Assert.InRange(share, 0.5, 1));
        Assert.NotEqual(shares[0], shares[1]);
    }

    [Fact]
    public void Once_frames_flow_the_first_pause_is_short_again()
    {
        var delay = new ReopenDelay();
        for (var failure = 0; failure < 10; failure++)
            _ = delay.Next();

        delay.Reset();

        Assert.InRange(delay.Next().TotalSeconds, 0.25, 0.5);
    }
}
