using SockSort.Sorting.Sightings;
using static SockSort.Sorting.Tests.Sightings.CameraScript;

namespace SockSort.Sorting.Tests.Sightings;

public class SightingDetectorTests
{
    [Fact]
    public void A_sock_that_is_held_for_half_a_minute_is_one_sighting() => Assert.Equal(
        ["Google opened, seen from 1", "Google closed by Blank, 1 to 30.9, 300 frames"],
        Told(Frames("1s Blank, 30s Google, 1s Blank")));

    [Fact]
    public void A_sock_counts_before_half_a_second_is_over()
    {
        var detector = new SightingDetector("kitchen");

        var told = Frames("1s Blank, 3s Google").SelectMany(detector.See).First();

        Assert.InRange(told.ToldAtMs - told.FromMs, 0, 500);
    }

    [Fact]
    public void Two_of_the_same_sock_in_a_row_are_two_sightings() =>
        Assert.Equal(["Google", "Google"], Socks(Frames("1s Blank, 2s Google, 0.5s Blank, 2s Google")));

    [Fact]
    public void A_sock_that_follows_another_at_once_ends_it() => Assert.Equal(
        ["Google opened, seen from 0", "Google closed by Other, 0 to 1.9, 20 frames", "Mongo opened, seen from 2"],
        Told(Frames("2s Google, 2s Mongo")));

    [Fact]
    public void A_single_wrong_frame_makes_no_sighting() =>
        Assert.Empty(Socks(Frames("1s Blank, 0.1s Google, 1s Blank, 0.1s Mongo, 1s Blank")));

    [Fact]
    public void A_single_wrong_frame_splits_none() =>
        Assert.Equal(["Google"], Socks(Frames("1s Blank, 2s Google, 0.1s Mongo, 2s Google, 0.1s Blank, 2s Google")));

    [Fact]
    public void Flicker_between_two_alike_socks_splits_none()
    {
        var frames = Frames("1s Blank, 2s Dots, 0.2s Spots, 0.5s Dots, 0.2s Spots, 0.3s Dots, 0.2s Spots, 2s Dots, 1s Blank", percent: 60);

        Assert.Equal(["Dots"], Socks(frames));
    }

    [Fact]
    public void Frames_of_which_the_model_is_not_sure_add_up_more_slowly()
    {
        var (sure, unsure) = (new SightingDetector("kitchen"), new SightingDetector("kitchen"));

        var first = Frames("1s Blank, 4s Google", percent: 97).SelectMany(sure.See).First();
        var later = Frames("1s Blank, 4s Google", percent: 45).SelectMany(unsure.See).First();

        Assert.True(first.ToldAtMs < later.ToldAtMs, $"{first.ToldAtMs} and {later.ToldAtMs}");
    }

    [Fact]
    public void Something_unknown_ends_a_sighting_and_makes_none() => Assert.Equal(
        ["Google opened, seen from 0", "Google closed by Other, 0 to 1.9, 20 frames"],
        Told(Frames("2s Google, 3s Unknown, 1s Blank")));

    [Fact]
    public void A_sock_that_the_model_calls_unknown_by_its_score_makes_no_sighting()
    {
        var frames = Frames("1s Blank, 5s Google").Select(frame => frame.Label == "Google" ? frame with { Unknown = 0.95 } : frame);

        Assert.Empty(Socks(frames));
    }

    [Fact]
    public void A_camera_that_stalls_for_some_seconds_splits_none() =>
        Assert.Equal(["Google"], Socks(Frames("1s Blank, 2s Google, 4s -, 2s Google, 1s Blank")));

    [Fact]
    public void After_a_long_silence_the_same_sock_is_another_one() => Assert.Equal(
        [
            "Google opened, seen from 0", "Google closed by Silence, 0 to 1.9, 20 frames",
            "Google opened, seen from 22", "Google closed by Blank, 22 to 23.9, 20 frames",
        ],
        Told(Frames("2s Google, 20s -, 2s Google, 1s Blank")));

    [Fact]
    public void A_silence_that_the_clock_tells_ends_a_sighting_once()
    {
        var detector = new SightingDetector("kitchen");
        _ = Told(detector, Frames("2s Google"));

        Sighting?[] told = [detector.FallSilent(), detector.FallSilent()];

        Assert.Equal("Google closed by Silence, 0 to 1.9, 20 frames", Words(told[0]!));
        Assert.Null(told[1]);
    }

    [Fact]
    public void Where_only_the_messages_were_late_the_sock_goes_on_and_counts_once()
    {
        var (detector, frames) = (new SightingDetector("kitchen"), Frames("4s Google, 1s Blank"));
        _ = Told(detector, frames.Take(20));
        _ = detector.FallSilent();

        var told = Told(detector, frames.Skip(20));

        Assert.Equal(["Google closed by Blank, 0 to 3.9, 40 frames"], told);
    }

    [Fact]
    public void A_message_that_comes_again_counts_once()
    {
        var frames = Frames("1s Blank, 1s Google").Select((frame, number) => frame with { Run = "a", Seq = number }).ToList();
        var told = Told([.. frames, .. frames.Skip(5), .. Frames("0.1s Blank")]);

        Assert.Equal(["Google opened, seen from 1"], told);
    }

    [Fact]
    public void A_clock_that_is_put_back_is_another_clock()
    {
        var detector = new SightingDetector("kitchen");
        _ = Told(detector, Frames("2s Google").Select(frame => frame with { AtMs = frame.AtMs + 3_600_000 }));

        var told = Told(detector, Frames("1s Blank, 2s Mongo"));

        Assert.Equal(["Google closed by Silence, 3600 to 3601.9, 20 frames", "Mongo opened, seen from 1"], told);
    }

    [Fact]
    public void A_name_beyond_all_measure_and_none_at_all_are_passed_over()
    {
        string[] names = ["", new('x', 10_000)];

        var frames = Frames("3s Google").Select((frame, number) => frame with { Label = names[number % 2] });

        Assert.Empty(Socks(frames));
    }

    [Fact]
    public void Labels_without_end_keep_the_state_small()
    {
        var detector = new SightingDetector("kitchen");
        _ = Told(detector, Enumerable.Range(0, 5000).Select(n => new LabelledFrame($"Sock {n}", 90, StartMs + (n * 100))));
        using var kept = new MemoryStream();

        detector.Write(new BinaryWriter(kept));

        Assert.InRange(kept.Length, 1, 8000);
    }

    [Fact]
    public void A_sighting_has_the_same_id_whenever_its_frames_are_read()
    {
        var frames = Frames("1s Blank, 2s Google");

        var ids = Enumerable.Range(0, 2).Select(_ => frames.SelectMany(new SightingDetector("kitchen").See).Single().Id);

        Assert.All(ids, id => Assert.Equal("kitchen@1700000001000", id));
    }
}
