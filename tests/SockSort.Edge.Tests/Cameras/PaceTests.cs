using Microsoft.Extensions.Time.Testing;
using SockSort.Edge.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

public sealed class PaceTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Four_frames_per_second_come_250_ms_apart()
    {
        await using var camera = Open(isLive: false, frames: 3);
        List<int> milliseconds = [];

        milliseconds.Add((await NextAsync(camera)).CapturedAt.Millisecond);
        milliseconds.Add((await NextAsync(camera, afterMilliseconds: 250)).CapturedAt.Millisecond);
        milliseconds.Add((await NextAsync(camera, afterMilliseconds: 250)).CapturedAt.Millisecond);

        Assert.Equal([0, 250, 500], milliseconds);
    }

    [Fact]
    public async Task A_short_delay_of_the_reader_does_not_shift_the_frames_after_it()
    {
        await using var camera = Open(isLive: false, frames: 3);
        List<int> milliseconds = [];

        milliseconds.Add((await NextAsync(camera)).CapturedAt.Millisecond);
        _time.Advance(TimeSpan.FromMilliseconds(300));
        milliseconds.Add((await NextAsync(camera)).CapturedAt.Millisecond);
        milliseconds.Add((await NextAsync(camera, afterMilliseconds: 200)).CapturedAt.Millisecond);

        Assert.Equal([0, 300, 500], milliseconds);
    }

    [Fact]
    public async Task After_a_long_delay_files_go_on_at_their_pace_and_lose_nothing()
    {
        await using var camera = Open(isLive: false, frames: 4);
        List<CameraFrame> seen = [await NextAsync(camera)];

        _time.Advance(TimeSpan.FromSeconds(2));
        seen.Add(await NextAsync(camera));
        seen.Add(await NextAsync(camera, afterMilliseconds: 250));
        seen.Add(await NextAsync(camera, afterMilliseconds: 250));

        Assert.Equal([("1", 0), ("2", 2000), ("3", 2250), ("4", 2500)],
            seen.Select(frame => (frame.Name, (frame.CapturedAt - _time.Start).TotalMilliseconds)));
        Assert.Equal(new CameraCounts(Frames: 4, Skipped: 0, Dropped: 0), camera.Counts);
    }

    [Fact]
    public async Task A_live_camera_gives_the_newest_frame_and_counts_those_that_were_overtaken()
    {
        var source = new FakeSource(isLive: true);
        source.Give("1");
        await using var camera = CameraSource.Start(source, new CameraOptions { Time = _time, Fps = 0 });
        var first = await NextAsync(camera);
        foreach (var name in new[] { "2", "3", "4" })
            source.Give(name);
        await Eventually.TrueAsync(() => camera.Counts.Dropped == 2, "the camera saw all frames");

        var second = await NextAsync(camera);

        Assert.Equal([(1, "1"), (4, "4")], [((int)first.Number, first.Name), ((int)second.Number, second.Name)]);
        Assert.Equal(new CameraCounts(Frames: 2, Skipped: 0, Dropped: 2), camera.Counts);
    }

    [Fact]
    public async Task A_live_camera_that_is_quicker_than_asked_for_gives_its_newest_frame_when_one_is_due_and_loses_none()
    {
        var source = new FakeSource(isLive: true);
        source.Give("1");
        await using var camera = CameraSource.Start(source, new CameraOptions { Time = _time });
        List<CameraFrame> seen = [await NextAsync(camera)];

        for (var number = 2; number <= 9; number += 4)
        {
            await GiveAsync(source, $"{number}", $"{number + 1}", $"{number + 2}", $"{number + 3}");
            seen.Add(await NextAsync(camera, afterMilliseconds: 250));
        }

        Assert.Equal(["1", "5", "9"], seen.Select(frame => frame.Name));
        Assert.Equal(new CameraCounts(Frames: 3, Skipped: 0, Dropped: 0), camera.Counts);
    }

    [Fact]
    public async Task A_live_camera_that_is_slower_than_asked_for_gives_each_frame_as_it_comes()
    {
        var source = new FakeSource(isLive: true);
        source.Give("1");
        await using var camera = CameraSource.Start(source, new CameraOptions { Time = _time, Fps = 30 });
        List<CameraFrame> seen = [await NextAsync(camera)];

        foreach (var name in new[] { "2", "3", "4" })
        {
            var waiting = camera.NextAsync(TestContext.Current.CancellationToken).AsTask();
            _time.Advance(TimeSpan.FromSeconds(10));
            source.Give(name);
            seen.Add((await waiting.WaitAsync(TimeSpan.FromMinutes(2)))!);
        }

        Assert.Equal(
            [("1", 0), ("2", 10), ("3", 20), ("4", 30)],
            seen.Select(frame => (frame.Name, (int)(frame.CapturedAt - _time.Start).TotalSeconds)));
        Assert.Equal(1, source.Opened);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(3.9)]
    [InlineData(4)]
    [InlineData(4.1)]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(60)]
    public async Task A_live_camera_gives_the_lower_of_its_own_rate_and_the_one_that_is_asked_for(double rate)
    {
        const int Frames = 100;
        var source = new FakeSource(isLive: true);
        await using var camera = CameraSource.Start(source, new CameraOptions { Time = _time });
        List<DateTimeOffset> taken = [];
        var waiting = camera.NextAsync(TestContext.Current.CancellationToken).AsTask();

        for (var given = 0; given < Frames; given++)
        {
            await GiveAsync(source, $"{given}");
            await WhatIsDueAsync();
            // Not in one step: a clock that jumps over a moment at which a frame is due shows it late.
            for (var step = 0; step < 10; step++)
            {
                _time.Advance(TimeSpan.FromSeconds(1 / rate / 10));
                await WhatIsDueAsync();
            }
        }

        Assert.Equal(Math.Min(rate, 4), (taken.Count - 1) / (taken[^1] - taken[0]).TotalSeconds, Math.Min(rate, 4) * 0.05);

        async Task WhatIsDueAsync()
        {
            // A frame that is due comes within a few turns of the thread pool, or not before the clock goes on.
            for (var turn = 0; turn < 50 && !waiting.IsCompleted; turn++)
                await Task.Yield();
            if (!waiting.IsCompleted)
                return;
            _ = await waiting;
            taken.Add(_time.GetUtcNow());
            waiting = camera.NextAsync(TestContext.Current.CancellationToken).AsTask();
        }
    }

    [Fact]
    public async Task A_file_that_gives_no_frame_is_given_up_after_the_timeout()
    {
        await using var camera = CameraSource.Start(new FakeSource(isLive: false), new CameraOptions { Time = _time });
        var waiting = camera.NextAsync(TestContext.Current.CancellationToken).AsTask();

        _time.Advance(TimeSpan.FromSeconds(11));
        var error = await Assert.ThrowsAsync<CameraException>(() => waiting);

        Assert.Equal(
            "camera 'fake' gave no frame for 10 s: is the machine too busy, or its disk? --frame-timeout waits longer", error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Waiting_for_a_frame_can_be_cancelled(bool isLive)
    {
        await using var camera = CameraSource.Start(new FakeSource(isLive), new CameraOptions { Time = _time });
        using var cancel = new CancellationTokenSource();
        var waiting = camera.NextAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    /// <summary>Returns when the camera has taken them.</summary>
    private static async Task GiveAsync(FakeSource source, params string[] names)
    {
        var taken = source.Taken + names.Length;
        foreach (var name in names)
            source.Give(name);
        await Eventually.TrueAsync(() => source.Taken == taken, "the camera took all frames");
    }

    private ICamera Open(bool isLive, int frames)
    {
        var source = new FakeSource(isLive);
        for (var number = 1; number <= frames; number++)
            source.Give($"{number}");
        return CameraSource.Start(source, new CameraOptions { Time = _time });
    }

    /// <summary>Asks for a frame, and turns the clock on by as much as it should take to come.</summary>
    private async Task<CameraFrame> NextAsync(ICamera camera, int afterMilliseconds = 0)
    {
        var waiting = camera.NextAsync(TestContext.Current.CancellationToken).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(afterMilliseconds));
        return (await waiting.WaitAsync(TimeSpan.FromMinutes(2)))!;
    }
}
