using SockSort.Edge.Kept;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.LiveView;
using SockSort.Imaging;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Tests.Kept;

public sealed class FrameStoreTests
{
    private const string Run = "0a1b2c";

    [Fact]
    public void A_frame_is_found_by_the_run_and_the_number_of_its_message_without_a_label_on_it()
    {
        var store = new FrameStore(FrameStore.DefaultBytes);
        store.Keep(Run, 1, LiveViewClient.Frame(7, "Google", 97.4, colour: 1));
        store.Keep(Run, 2, LiveViewClient.Frame(8, "Mongo", 80, colour: 2));

        var found = store.Find(Run, 2)!;
        var picture = PictureReader.Read(found.Jpeg, "kept");

        Assert.Equal((Run, 2, "Mongo", 80.0), (found.Run, found.Seq, found.Label, found.Percent));
        Assert.Equal(DateTimeOffset.UnixEpoch, found.CapturedAt);
        Assert.Equal(2, Pictures.ColourOf(picture));
        Assert.DoesNotContain(Enumerable.Range(0, picture.Rgb.Length / 3), at => picture.Rgb.AsSpan(at * 3, 3).ToArray().Min() > 200);
    }

    [Theory]
    [InlineData(Run, 2)]
    [InlineData(Run, 0)]
    [InlineData("0A1B2C", 1)]
    [InlineData("", 1)]
    public void Another_run_or_number_has_no_frame(string run, long seq)
    {
        var store = new FrameStore(FrameStore.DefaultBytes);
        store.Keep(Run, 1, LiveViewClient.Frame(1));

        Assert.Null(store.Find(run, seq));
    }

    [Fact]
    public void The_oldest_frames_make_room_and_are_counted()
    {
        var one = BytesOf(LiveViewClient.Frame(1).Picture);
        var store = new FrameStore(3 * one);

        for (var seq = 1; seq <= 5; seq++)
            store.Keep(Run, seq, LiveViewClient.Frame(seq) with { CapturedAt = DateTimeOffset.UnixEpoch.AddSeconds(seq) });

        Assert.Equal([3, 4, 5], Enumerable.Range(1, 5).Where(seq => store.Find(Run, seq) is not null));
        Assert.Equal(new KeptFrameCounts(3, 3 * one, 3 * one, Evicted: 2, DateTimeOffset.UnixEpoch.AddSeconds(3)), store.Counts);
    }

    [Fact]
    public void A_frame_that_is_larger_than_all_the_room_is_not_kept()
    {
        var store = new FrameStore(100);

        store.Keep(Run, 1, LiveViewClient.Frame(1));

        Assert.Equal(new KeptFrameCounts(0, 0, 100, Evicted: 1, Oldest: null), store.Counts);
    }

    [Fact]
    public void Large_pictures_are_kept_at_720p()
    {
        var store = new FrameStore(FrameStore.DefaultBytes);
        store.Keep(Run, 1, LiveViewClient.Frame(1, width: 1920, height: 1080));

        var picture = PictureReader.Read(store.Find(Run, 1)!.Jpeg, "kept");

        Assert.Equal((1280, 720), (picture.Width, picture.Height));
    }

    [Fact]
    public void Cameras_of_one_process_have_room_each_and_are_asked_together()
    {
        var (stores, one) = (new FrameStores(), BytesOf(LiveViewClient.Frame(1).Picture));
        var (busy, calm) = (stores.Add("busy", 2 * one), stores.Add("calm", 2 * one));
        calm.Keep("calm", 1, LiveViewClient.Frame(1));
        for (var seq = 1; seq <= 9; seq++)
            busy.Keep("busy", seq, LiveViewClient.Frame(seq) with { CapturedAt = DateTimeOffset.UnixEpoch.AddSeconds(seq) });

        Assert.NotNull(stores.Find("calm", 1));
        Assert.NotNull(stores.Find("busy", 9));
        Assert.Null(stores.Find("busy", 7));
        Assert.Equal(new KeptFrameCounts(3, 3 * one, 4 * one, Evicted: 7, DateTimeOffset.UnixEpoch), stores.Counts);
    }

    [Fact]
    public void The_frames_of_a_camera_and_a_time_are_found_in_their_order()
    {
        var stores = new FrameStores();
        var (desk, shelf) = (stores.Add("desk", FrameStore.DefaultBytes), stores.Add("shelf", FrameStore.DefaultBytes));
        shelf.Keep("shelf", 1, LiveViewClient.Frame(1) with { CapturedAt = DateTimeOffset.UnixEpoch.AddSeconds(3) });
        for (var seq = 1; seq <= 6; seq++)
            desk.Keep("desk", seq, LiveViewClient.Frame(seq) with { CapturedAt = DateTimeOffset.UnixEpoch.AddSeconds(seq) });

        var found = stores.Within("desk", DateTimeOffset.UnixEpoch.AddSeconds(2), DateTimeOffset.UnixEpoch.AddSeconds(4));

        Assert.Equal([2, 3, 4], found.Select(frame => frame.Seq));
    }

    private static long BytesOf(Frame picture)
    {
        var store = new FrameStore(FrameStore.DefaultBytes);
        store.Keep(Run, 1, LiveViewClient.Frame(1) with { Picture = picture });
        return store.Counts.Bytes;
    }
}
