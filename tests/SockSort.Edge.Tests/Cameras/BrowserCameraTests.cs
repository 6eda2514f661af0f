using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using SockSort.Edge.Cameras;
using SockSort.Edge.Cameras.Browser;
using SockSort.Imaging.Encoding;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

/// <summary>A phone as the camera, without its page: what becomes of the messages that it sends.</summary>
public sealed class BrowserCameraTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentQueue<string> _told = new();
    private readonly ICamera _camera;

    public BrowserCameraTests()
    {
        _camera = CameraSource.Open("browser:desk", new CameraOptions { Time = _time, Fps = 0 });
        _camera.StatusChanged += status => _told.Enqueue(status.Problem is null ? $"{status.State}" : $"{status.State}: {status.Problem}");
        _camera.Skipped += picture => _told.Enqueue($"{picture.Name}: {picture.Problem}");
    }

    private BrowserFeed Feed => _camera.Feed!;

    public ValueTask DisposeAsync() => _camera.DisposeAsync();

    [Fact]
    public async Task Without_a_phone_it_waits_for_ever_and_says_what_to_do()
    {
        var waiting = NextAsync();

        _time.Advance(TimeSpan.FromDays(2));

        Assert.False(waiting.IsCompleted);
        Assert.Equal(CameraState.Waiting, _camera.Status.State);
        Assert.Equal("no phone is connected: open /phone of the live view's address on it", Feed.Hint);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Pictures_of_a_phone_are_frames_and_their_labels_go_back_to_it()
    {
        var phone = Feed.Connect();
        Give(phone, colour: 1);

        var frame = await NextAsync();
        Feed.Answer("Confluent", 98.7654, frame!.CapturedAt - TimeSpan.FromMilliseconds(80));

        Assert.Equal(("browser:desk#1", 1), (frame.Name, Pictures.ColourOf(frame.Picture)));
        Assert.Null(Feed.Hint);
        Assert.Equal(
            [
                new BrowserMessage { Fps = 0 }, new BrowserMessage { Taken = 1 },
                new BrowserMessage { Label = "Confluent", Probability = 98.77, DelayMs = 80 },
            ],
            await HeardAsync(phone));
    }

    [Fact]
    public async Task A_picture_that_is_not_taken_in_time_makes_room_for_a_newer_one_and_is_counted()
    {
        var phone = Feed.Connect();
        for (var colour = 0; colour < 3; colour++)
            Give(phone, colour);

        var frame = await NextAsync();

        Assert.Equal(("browser:desk#3", 2), (frame!.Name, Pictures.ColourOf(frame.Picture)));
        Assert.Equal(new CameraCounts(Frames: 1, Skipped: 0, Dropped: 2), _camera.Counts);
    }

    [Fact]
    public async Task What_is_no_picture_is_named_once_in_a_row_counted_and_told_to_the_phone()
    {
        var phone = Feed.Connect();
        var waiting = NextAsync();
        Feed.Give(phone, "hello"u8.ToArray(), isText: true);
        await Eventually.TrueAsync(() => _camera.Counts.Skipped == 1, "the text is named");
        Feed.Give(phone, "PNG"u8.ToArray(), isText: false);
        await Eventually.TrueAsync(() => _camera.Counts.Damaged == 1, "the other one is counted");
        Give(phone, colour: 2);
        _ = await waiting;
        waiting = NextAsync();
        Feed.Give(phone, [.. Jpeg(0).Take(200)], isText: false);
        await Eventually.TrueAsync(() => _camera.Counts.Skipped == 2, "the picture that is cut off is named");

        Assert.Equal(
            ["browser:desk#1: it is text, expected a JPEG picture as a binary message", "Live", "browser:desk#4: "],
            _told.Select(told => told.StartsWith("browser:desk#4", StringComparison.Ordinal) ? told[..16] : told));
        Assert.Contains(
            new BrowserMessage { Problem = "it is no JPEG picture (3 bytes)" }, await HeardAsync(phone));
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task A_phone_that_goes_is_a_camera_that_is_away_until_it_is_back()
    {
        var phone = Feed.Connect();
        Give(phone, colour: 0);
        _ = await NextAsync();
        var waiting = NextAsync();
        Feed.Disconnect(phone);
        await TurnUntilAsync(() => _camera.Status.State == CameraState.Away, "the camera is away");
        var other = Feed.Connect();
        Give(other, colour: 3);
        await TurnUntilAsync(() => waiting.IsCompleted, "it is back");

        Assert.Equal(3, Pictures.ColourOf((await waiting)!.Picture));
        Assert.Equal(["Live", "Away: the phone has gone: open /phone of the live view's address on it again", "Live"], _told);
        Assert.Equal(1, _camera.Counts.Reopened);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_is_nothing_to_tell_of()
    {
        var phone = Feed.Connect();
        Give(phone, colour: 0);
        _ = await NextAsync();
        var waiting = NextAsync();

        Feed.Disconnect(phone);
        _time.Advance(TimeSpan.FromSeconds(2));
        phone = Feed.Connect();
        _time.Advance(TimeSpan.FromSeconds(5));
        Give(phone, colour: 1);

        Assert.Equal(1, Pictures.ColourOf((await waiting)!.Picture));
        Assert.Equal(["Live"], _told);
    }

    [Fact]
    public async Task A_phone_that_falls_silent_is_away_too_and_nothing_is_done_to_it()
    {
        var phone = Feed.Connect();
        Give(phone, colour: 0);
        _ = await NextAsync();
        var waiting = NextAsync();
        await TurnUntilAsync(() => _camera.Status.State == CameraState.Away, "the camera is away");

        Assert.Equal(
            "the phone has sent no picture for 10 s: is its screen locked, or the page in the background?", _camera.Status.Problem);
        Assert.True(Feed.IsConnected);
        Assert.False(phone.Ended.IsCompleted || waiting.IsCompleted);
    }

    [Fact]
    public async Task The_phone_that_comes_last_takes_over_and_the_other_is_told_and_not_heard()
    {
        var first = Feed.Connect();
        var second = Feed.Connect();
        Give(first, colour: 0);
        Give(second, colour: 1);
        Feed.Disconnect(first);

        var frame = await NextAsync();

        Assert.Equal(1, Pictures.ColourOf(frame!.Picture));
        Assert.Equal(BrowserEnd.TakenOver, await first.Ended);
        Assert.True(Feed.IsConnected);
        Assert.False(second.Ended.IsCompleted);
    }

    [Theory]
    [InlineData("browser:")]
    [InlineData("browser:a b")]
    [InlineData("browser:../x")]
    [InlineData("browser:a\n")]
    [InlineData("browser:12345678901234567890123456789012345678901")]
    public void A_name_that_is_none_is_refused(string source)
    {
        var error = Assert.Throws<CameraException>(() => CameraSource.Open(source, new CameraOptions()));

        Assert.Equal(
            $"camera '{source}': the name of a phone must be 1 to 40 letters, digits, '.', '_' or '-', as in browser:desk", error.Message);
    }

    [Fact]
    public void Its_own_name_depends_on_no_folder()
    {
        var machine = new MachineIdentity("pi4", "key");

        var name = CameraName.For("browser:desk", machine);

        Assert.Matches("^pi4-browser-desk-[0-9a-f]{6}$", name);
        Assert.NotEqual(name, CameraName.For("./browser:desk", machine));
    }

    private static byte[] Jpeg(int colour) => JpegWriter.Encode(Pictures.Plain(Pictures.Colours[colour]), 90);

    private void Give(BrowserLine phone, int colour) => Feed.Give(phone, Jpeg(colour), isText: false);

    private Task<CameraFrame?> NextAsync() => _camera.NextAsync(TestContext.Current.CancellationToken).AsTask();

    private static async Task<List<BrowserMessage>> HeardAsync(BrowserLine phone)
    {
        phone.End(BrowserEnd.Left);
        return await phone.Messages.ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Turns the clock on until it is so.</summary>
    private Task TurnUntilAsync(Func<bool> condition, string what) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return condition();
        },
        what);
}
