using SockSort.Imaging.Synthetic;

namespace SockSort.Imaging.Tests.Synthetic;

public sealed class ScenarioTests
{
    private static readonly string[] Labels = ["Argyle", "Dots", "Hearts", "Stars"];

    [Theory]
    [InlineData(0, "Blank")]
    [InlineData(0.99, "Blank")]
    [InlineData(1, "Dots")]
    [InlineData(2.99, "Dots")]
    [InlineData(3, "Stars")]
    [InlineData(3.5, "Blank")]
    [InlineData(5.5, "Dots")]
    public void The_truth_changes_with_the_showings_and_starts_again_after_the_last(double seconds, string expected)
    {
        var scenario = new Scenario([Show(null, 1), Show("Dots", 2), Show("Stars", 0.5), Show(null, 1)]);

        Assert.Equal(expected, scenario.LabelAt(TimeSpan.FromSeconds(seconds)));
    }

    [Fact]
    public void The_truth_of_a_frame_is_that_of_its_time()
    {
        var scenario = new Scenario([Show(null, 1), Show("Dots", 0.5)]);

        var labels = Enumerable.Range(0, 7).Select(number => scenario.LabelAt(number, framesPerSecond: 4));

        Assert.Equal(["Blank", "Blank", "Blank", "Blank", "Dots", "Dots", "Blank"], labels);
    }

    [Fact]
    public void A_showing_knows_its_place_and_how_long_it_has_been_going_on()
    {
        var scenario = new Scenario([Show(null, 1), Show("Dots", 2)]);

        Assert.Equal((Show("Dots", 2), 1, TimeSpan.FromSeconds(0.25)), scenario.At(TimeSpan.FromSeconds(1.25)));
    }

    [Fact]
    public void Every_second_showing_of_a_label_makes_a_pair()
    {
        var scenario = new Scenario([Show("Dots", 1), Show("Stars", 1), Show("Dots", 1), Show(null, 1), Show("Dots", 1), Show("Stars", 1)]);

        Assert.Equal(new Dictionary<string, int> { ["Dots"] = 3, ["Stars"] = 2 }, scenario.Shown);
        Assert.Equal(2, scenario.Pairs);
    }

    [Fact]
    public void On_the_beat_each_sock_stays_within_one_window_with_nothing_on_both_sides()
    {
        var scenario = Scenario.OnBeat(seed: 1, Labels, beats: 8);

        for (var beat = 0; beat < 8; beat++)
        {
            var start = TimeSpan.FromSeconds(5 * beat);
            Assert.Equal("Blank", scenario.LabelAt(start + TimeSpan.FromSeconds(0.59)));
            var label = scenario.LabelAt(start + TimeSpan.FromSeconds(0.6));
            Assert.Contains(label, Labels);
            Assert.Equal(label, scenario.LabelAt(start + TimeSpan.FromSeconds(4.09)));
            Assert.Equal("Blank", scenario.LabelAt(start + TimeSpan.FromSeconds(4.1)));
        }
        Assert.Equal(TimeSpan.FromSeconds(40), scenario.Duration);
    }

    [Fact]
    public void On_the_beat_every_six_socks_are_three_pairs()
    {
        Assert.Equal(3, Scenario.OnBeat(seed: 9, Labels, beats: 6).Pairs);
        Assert.Equal(4, Scenario.OnBeat(seed: 9, Labels, beats: 8).Pairs);
    }

    [Fact]
    public void At_random_the_same_seed_shows_the_same_and_another_seed_something_else()
    {
        var one = Scenario.Random(1, Labels, shows: 10);

        Assert.Equal(one.Showings, Scenario.Random(1, Labels, shows: 10).Showings);
        Assert.NotEqual(one.Showings, Scenario.Random(2, Labels, shows: 10).Showings);
        Assert.Equal(10, one.Shown.Values.Sum());
    }

    [Fact]
    public void A_showing_that_does_not_fit_its_beat_is_refused()
    {
        var timing = new BeatTiming { Shown = TimeSpan.FromSeconds(4.5) };

        var error = Assert.Throws<SyntheticException>(() => Scenario.OnBeat(1, Labels, 3, timing));

        Assert.Equal(
            "synthetic scenario: a sock shown for 4.5 s from 0.6 s on does not fit a beat of 5 s: leave some time empty on both sides",
            error.Message);
    }

    [Fact]
    public void A_scenario_without_showings_or_with_one_of_no_length_is_refused()
    {
        Assert.Equal(
            "synthetic scenario: it shows nothing: give it at least one showing",
            Assert.Throws<SyntheticException>(() => new Scenario([])).Message);
        Assert.Equal(
            "synthetic scenario: showing 1 ('Dots') lasts 00:00:00: it must last longer than nothing",
            Assert.Throws<SyntheticException>(() => new Scenario([Show(null, 1), Show("Dots", 0)])).Message);
    }

    private static Showing Show(string? sock, double seconds) => new(sock, TimeSpan.FromSeconds(seconds));
}
