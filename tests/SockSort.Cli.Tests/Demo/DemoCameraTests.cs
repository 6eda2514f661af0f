using Microsoft.Extensions.Time.Testing;
using SockSort.Cli.Demo;

namespace SockSort.Cli.Tests.Demo;

public sealed class DemoCameraTests
{
    [Fact]
    public void The_scenes_time_begins_at_the_edge_of_the_window_in_which_it_is_first_asked()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 58, TimeSpan.Zero));
        var scene = DemoCamera.SinceWindowStart(clock);
        clock.Advance(TimeSpan.FromSeconds(3.5));

        var first = scene();
        clock.Advance(TimeSpan.FromSeconds(12));
        var later = scene();

        Assert.Equal((1.5, 13.5), (first.TotalSeconds, later.TotalSeconds));
    }
}
