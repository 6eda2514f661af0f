using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using SockSort.Edge.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

/// <summary>What a camera that breaks off does to the run: nothing but a pause.</summary>
public sealed class ReopeningTests : IAsyncDisposable
{
    private static readonly CameraException Unplugged = new("fake", "is unplugged", goesOn: true);
    private static readonly CameraException WrongPath = new("fake", "it answers 404 Not Found", goesOn: false) { NeedsUser = true };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeSource _source = new(isLive: true);
    private readonly ConcurrentQueue<string> _told = new();
    private readonly ICamera _camera;

    public ReopeningTests()
    {
        _camera = CameraSource.Start(_source, new CameraOptions { Time = _time, Fps = 0 });
        _camera.StatusChanged += status => _told.Enqueue(status.Problem is null ? $"{status.State}" : $"{status.State}: {status.Problem}");
    }

    public ValueTask DisposeAsync() => _camera.DisposeAsync();

    [Fact]
    public async Task A_camera_that_breaks_off_is_opened_again_and_its_frames_go_on()
    {
        _source.Give("1");
        var first = await NextAsync();
        var waiting = NextAsync();
        _source.BreakOff(Unplugged);
        _source.Give("2");
        await Eventually.TrueAsync(() => _camera.Status.State == CameraState.Away, "the camera is away");

        var second = await _time.PassUntilAsync(waiting);

        Assert.Equal([("1", 1), ("2", 2)], [(first!.Name, (int)first.Number), (second!.Name, (int)second.Number)]);
        Assert.Equal(["Live", "Away: is unplugged", "Live"], _told);
        Assert.Equal(new CameraCounts(Frames: 2, Skipped: 0, Dropped: 0, Reopened: 1), _camera.Counts);
    }

    [Fact]
    public async Task It_is_tried_for_ever_and_told_of_once()
    {
        _source.BreakOff(Unplugged);
        var waiting = NextAsync();

        for (var attempt = 2; attempt <= 12; attempt++)
        {
            _source.BreakOff(Unplugged);
            await OpenedAsync(attempt);
        }

        Assert.Equal(["Away: is unplugged"], _told);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Another_reason_is_told_too_with_the_same_time_since_when_it_is_away()
    {
        _source.BreakOff(Unplugged);
        var waiting = NextAsync();
        var since = _camera.Status.Since;
        _source.BreakOff(WrongPassword());
        await OpenedAsync(2);
        await Eventually.TrueAsync(() => _told.Count == 2, "the other reason is told");

        Assert.Equal(["Away: is unplugged", "Away: refuses the password"], _told);
        Assert.Equal(new CameraStatus(CameraState.Away, since, "refuses the password"), _camera.Status);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task A_camera_that_can_never_work_is_an_error_at_its_start()
    {
        _source.BreakOff(WrongPath);

        var error = await Assert.ThrowsAsync<CameraException>(NextAsync);

        Assert.Equal("camera 'fake': it answers 404 Not Found", error.Message);
    }

    [Fact]
    public async Task A_camera_that_has_worked_is_waited_for_whatever_it_says()
    {
        _source.Give("1");
        _ = await NextAsync();
        var waiting = NextAsync();
        _source.BreakOff(WrongPath);
        _source.Give("2");
        await Eventually.TrueAsync(() => _camera.Status.State == CameraState.Away, "the camera is away");

        Assert.Equal("2", (await _time.PassUntilAsync(waiting))!.Name);
    }

    [Fact]
    public async Task A_camera_that_hangs_is_opened_again_after_the_timeout()
    {
        _source.Give("1");
        _source.Give("2");
        _ = await NextAsync();
        await Eventually.TrueAsync(() => _source.Taken == 2, "the camera's interval is known");
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(CameraState.Live, _camera.Status.State);

        _time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(() => _camera.Status.State == CameraState.Away, "the camera is away");

        Assert.Equal("gave no frame for 10 s: is it connected, and does no other program hold it?", _camera.Status.Problem);
    }

    [Fact]
    public async Task A_camera_of_one_frame_in_ten_seconds_does_not_hang()
    {
        var waiting = NextAsync();
        for (var number = 1; number <= 4; number++)
        {
            _time.Advance(TimeSpan.FromSeconds(12));
            _source.Give($"{number}");
            Assert.Equal($"{number}", (await waiting)!.Name);
            waiting = NextAsync();
        }
        _time.Advance(TimeSpan.FromSeconds(35));
        Assert.Equal(1, _source.Opened);

        _time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(() => _camera.Status.State == CameraState.Away, "the camera is away");

        Assert.StartsWith("gave no frame for 36 s", _camera.Status.Problem);
    }

    [Fact]
    public async Task A_source_that_comes_to_its_end_is_not_opened_again()
    {
        _source.Give("1");
        _source.End();

        var frames = await Pictures.ReadAllAsync(_camera);

        Assert.Equal(["1"], frames.Select(frame => frame.Name));
        Assert.Equal(["Live", "Ended"], _told);
        Assert.Equal(1, _source.Opened);
    }

    [Fact]
    public async Task Waiting_for_a_camera_that_is_away_can_be_cancelled_and_ends_at_once()
    {
        using var cancel = new CancellationTokenSource();
        _source.BreakOff(Unplugged);
        var waiting = _camera.NextAsync(cancel.Token).AsTask();
        Assert.Equal(CameraState.Away, _camera.Status.State);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private static CameraException WrongPassword() => new("fake", "refuses the password", goesOn: true);

    private Task<CameraFrame?> NextAsync() => _camera.NextAsync(TestContext.Current.CancellationToken).AsTask();

    /// <summary>Turns the clock on until the source was opened so often.</summary>
    private Task OpenedAsync(int times) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(31));
            return _source.Opened >= times;
        },
        $"it was opened {times} times");
}
