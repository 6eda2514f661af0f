using SockSort.Dashboard.Watching;

namespace SockSort.Dashboard.Tests.Watching;

public class HourCountsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_happened_is_summed_up_by_equal_steps_up_to_the_end_of_the_hour_at_hand()
    {
        var hours = new HourCounts();
        hours.Add(Noon.AddMinutes(-90), sightings: 2);
        hours.Add(Noon.AddMinutes(-30), sightings: 1, pairs: 1);
        hours.Add(Noon.AddMinutes(10), sightings: 3);

        var steps = hours.Steps(Noon.AddMinutes(20), hoursEach: 1, steps: 3);

        Assert.Equal([new HistoryStep(Noon.AddHours(-2), 2, 0), new(Noon.AddHours(-1), 1, 1), new(Noon, 3, 0)], steps);
    }

    [Fact]
    public void Steps_may_be_longer_than_an_hour()
    {
        var hours = new HourCounts();
        hours.Add(Noon.AddHours(-1), sightings: 2);
        hours.Add(Noon.AddHours(-25), pairs: 1);

        var steps = hours.Steps(Noon, hoursEach: 24, steps: 2);

        Assert.Equal([new HistoryStep(Noon.AddHours(-48), 0, 1), new(Noon.AddHours(-24), 2, 0)], steps);
    }
}
