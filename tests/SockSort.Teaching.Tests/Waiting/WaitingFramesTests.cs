using SockSort.Imaging;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Encoding;
using SockSort.Teaching.Photos;
using SockSort.Teaching.Waiting;
using SockSort.Testing;

namespace SockSort.Teaching.Tests.Waiting;

public sealed class WaitingFramesTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Jpeg = JpegWriter.Encode(new Frame(40, 30), 90);
    private static readonly SockName Stripes = SockName.Parse("Stripes");

    private readonly TempFolder _folder = new();

    private string Photos => _folder.File("photos");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Frames_wait_over_restarts_the_newest_first()
    {
        var corrected = Frame(2) with { IsCorrected = true, Suggested = "Dots" };
        var before = new WaitingFrames(Photos);
        before.Add(Frame(1), Jpeg);
        before.Add(corrected, Jpeg);
        before.Add(Frame(1) with { Camera = "shelf" }, Jpeg);

        var after = new WaitingFrames(Photos);

        Assert.Equal(before.All, after.All);
        Assert.Equal(3, after.All.Count);
        Assert.Equal(corrected, after.All[0]);
        Assert.Equal(40, PictureReader.Read(after.Find(corrected.Id)!, "kept").Width);
        Assert.Null(after.Find("nothing"));
        Assert.Null(after.Find("../lock"));
    }

    [Fact]
    public void Named_a_frame_is_a_photo_of_that_sock_and_waits_no_more()
    {
        Directory.CreateDirectory(Path.Combine(Photos, "class-stripes"));
        var waiting = new WaitingFrames(Photos);
        waiting.Add(Frame(1), Jpeg);

        waiting.Name(Frame(1).Id, Stripes);
        waiting.Name(Frame(1).Id, Stripes);

        Assert.Empty(waiting.All);
        Assert.Empty(new WaitingFrames(Photos).All);
        var photo = Assert.Single(Directory.GetFiles(Path.Combine(Photos, "class-stripes")));
        Assert.Equal(30, PictureReader.Read(photo).Height);
        Assert.Single(KnownPhotos.Of(Photos, [Stripes.Label]));
        Assert.Empty(KnownPhotos.Of(Photos, ["Dots"]));
    }

    [Fact]
    public void A_sock_that_was_never_shown_and_one_who_teaches_meanwhile_are_errors_and_the_frame_waits_on()
    {
        var waiting = new WaitingFrames(Photos);
        waiting.Add(Frame(1), Jpeg);

        var unknown = Assert.Throws<TeachingException>(() => waiting.Name(Frame(1).Id, Stripes));
        using var teaching = PhotoFolder.Open(Photos);
        var busy = Assert.Throws<TeachingException>(() => waiting.Name(Frame(1).Id, Stripes));

        Assert.Equal(
            "Stripes: no photos of it are there yet; show it to the camera first, then such frames can be added to it", unknown.Message);
        Assert.EndsWith("somebody else teaches a sock there at the moment; wait until they have finished", busy.Message);
        Assert.Equal([Frame(1)], waiting.All);
    }

    [Fact]
    public void Thrown_away_it_is_gone()
    {
        var waiting = new WaitingFrames(Photos);
        waiting.Add(Frame(1), Jpeg);

        waiting.ThrowAway(Frame(1).Id);
        waiting.ThrowAway(Frame(1).Id);

        Assert.Empty(waiting.All);
        Assert.Empty(new WaitingFrames(Photos).All);
    }

    [Fact]
    public void Beyond_the_most_unsure_ones_are_left_out_and_corrected_ones_take_the_place_of_the_oldest()
    {
        var waiting = new WaitingFrames(Photos);
        for (var second = 0; second < WaitingFrames.Most; second++)
            waiting.Add(Frame(second), Jpeg);

        waiting.Add(Frame(1000), Jpeg);
        waiting.Add(Frame(1001) with { IsCorrected = true }, Jpeg);

        Assert.Equal(WaitingFrames.Most, waiting.All.Count);
        Assert.Equal(2, waiting.LeftOut);
        Assert.Equal(Frame(1001).CapturedAt, waiting.All[0].CapturedAt);
        Assert.Equal(Frame(1), waiting.All[^1]);
    }

    [Fact]
    public void A_frame_that_waits_learns_what_a_correction_says_of_it()
    {
        var waiting = new WaitingFrames(Photos);
        var corrected = Frame(1) with { IsCorrected = true, Suggested = "Dots" };
        waiting.Add(Frame(1), Jpeg);
        waiting.Add(corrected, Jpeg);

        waiting.Add(Frame(1), Jpeg);

        Assert.Equal([corrected], waiting.All);
        Assert.Equal([corrected], new WaitingFrames(Photos).All);
    }

    [Fact]
    public void Files_of_others_and_what_a_kill_has_left_do_not_wait()
    {
        _folder.Write("photos.teaching/waiting/holiday.jpg", "no frame");
        _folder.Write("photos.teaching/waiting/.20260301-120001-000-0.jpg.999999999.socksort-part", "half a frame");

        Assert.Empty(new WaitingFrames(Photos).All);
        Assert.Equal(["holiday.jpg"], Directory.GetFiles(_folder.File("photos.teaching/waiting")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task On_a_full_disk_frames_are_left_out_counted_and_told()
    {
        await using var disk = await SmallDisk.MountAsync(_folder.File("disk"), "1m");
        var waiting = new WaitingFrames(Path.Combine(disk.Folder, "photos"));
        waiting.Add(Frame(1), Jpeg);
        disk.Fill();

        waiting.Add(Frame(2), Jpeg);

        Assert.Equal([Frame(1)], waiting.All);
        Assert.Equal(1, waiting.LeftOut);
        Assert.NotNull(waiting.Problem);
        Assert.Single(Directory.GetFiles(Path.Combine(disk.Folder, "photos.teaching/waiting")));
    }

    private static WaitingFrame Frame(int second) => new("desk", Noon.AddSeconds(second), "Google", 42.5);
}
