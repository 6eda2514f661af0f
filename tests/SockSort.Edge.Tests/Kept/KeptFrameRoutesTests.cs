using System.Net;
using SockSort.Edge.Kept;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.LiveView;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Tests.Kept;

public sealed class KeptFrameRoutesTests
{
    [Fact]
    public async Task A_kept_frame_is_served_by_run_and_number_and_may_be_cached_by_its_viewer_only()
    {
        var store = new FrameStore(FrameStore.DefaultBytes);
        await using var view = await LiveViewClient.StartAsync(frames: store);
        store.Keep("0a1b", 3, LiveViewClient.Frame(9, colour: 2));

        using var answer = await view.GetAsync("/frames/0a1b/3.jpg");
        var jpeg = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (answer.StatusCode, $"{answer.Content.Headers.ContentType}"));
        Assert.Equal("max-age=86400, private, immutable", $"{answer.Headers.CacheControl}");
        Assert.Equal(DateTimeOffset.UnixEpoch, answer.Content.Headers.LastModified);
        Assert.Equal(2, Pictures.ColourOf(PictureReader.Read(jpeg, "kept")));
    }

    [Fact]
    public async Task What_is_not_here_says_how_long_frames_are_kept_and_is_not_cached()
    {
        var store = new FrameStore(64_000_000);
        await using var view = await LiveViewClient.StartAsync(frames: store);

        using var before = await view.GetAsync("/frames/0a1b/3.jpg");
        store.Keep("0a1b", 3, LiveViewClient.Frame(9));
        using var after = await view.GetAsync("/frames/0a1b/2.jpg");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (before.StatusCode, after.StatusCode));
        Assert.Equal("no-store", $"{after.Headers.CacheControl}");
        Assert.Equal(
            "frame 3 of this run is not here: no frame is kept yet; they are as long as they fit into 64 MB\n", await TextAsync(before));
        Assert.Equal(
            "frame 2 of this run is not here: frames are kept as long as they fit into 64 MB, now 1 of them, the oldest of "
                + "1970-01-01T00:00:00Z\n",
            await TextAsync(after));
    }

    [Fact]
    public async Task A_process_that_keeps_none_says_so()
    {
        await using var view = await LiveViewClient.StartAsync();

        using var answer = await view.GetAsync("/frames/0a1b/3.jpg");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("no frames are kept here: keep-frames is none, or the messages carry no run and seq\n", await TextAsync(answer));
    }

    [Theory]
    [InlineData("/frames/0a1b/0.jpg")]
    [InlineData("/frames/0a1b/-1.jpg")]
    [InlineData("/frames/0a1b/x.jpg")]
    [InlineData("/frames/0a1b/99999999999999999999.jpg")]
    [InlineData("/frames/0a1b/3.png")]
    [InlineData("/frames/0a1b/")]
    [InlineData("/frames/..%2f..%2fetc/3.jpg")]
    [InlineData("/frames/%00/3.jpg")]
    public async Task A_path_that_names_no_frame_leads_nowhere(string path)
    {
        var store = new FrameStore(FrameStore.DefaultBytes);
        await using var view = await LiveViewClient.StartAsync(frames: store);
        store.Keep("0a1b", 3, LiveViewClient.Frame(9));

        using var answer = await view.GetAsync(path);

        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.DoesNotContain("etc", await TextAsync(answer));
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
