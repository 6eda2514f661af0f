using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SockSort.Edge.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras;

/// <summary>What a camera logs of itself.</summary>
public sealed class CameraLogTests
{
    private static readonly CameraException Unplugged = new("fake", "is unplugged", goesOn: true);

    private readonly RecordedLog _log = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_camera_that_breaks_off_is_logged_once_and_when_it_comes_back_and_ends()
    {
        var source = new FakeSource(isLive: true);
        await using var camera = CameraSource.Start(source, new CameraOptions { Time = _time, Fps = 0, Loggers = _log });
        source.Give("1");
        _ = await camera.NextAsync(TestContext.Current.CancellationToken);
        var waiting = camera.NextAsync(TestContext.Current.CancellationToken).AsTask();

        source.BreakOff(Unplugged);
        source.Give("2");
        _ = await _log.WaitForAsync(2002);
        _ = await _time.PassUntilAsync(waiting);
        source.End();
        _ = await camera.NextAsync(TestContext.Current.CancellationToken);

        Assert.Equal([2001, 2002, 2001, 2003], _log.Ids);
        var away = _log.Events[1];
        Assert.Equal((LogLevel.Warning, "fake", "is unplugged"), (away.Level, away.Fields["Camera"], away.Fields["Problem"]));
    }

    [Fact]
    public async Task A_picture_that_does_not_read_is_logged_by_its_name()
    {
        using var folder = new TempFolder();
        Pictures.WriteFolder(folder.Path);
        _ = folder.Write("0.png", "no picture");
        await using var camera = CameraSource.Open(folder.Path, new CameraOptions { Fps = 0, Loggers = _log });

        _ = await camera.NextAsync(TestContext.Current.CancellationToken);

        var skipped = _log.Single(2005);
        Assert.Equal((LogLevel.Warning, "0.png"), (skipped.Level, skipped.Fields["Picture"]));
    }

    [Fact]
    public async Task A_camera_s_password_stands_nowhere()
    {
        var address = $"http://user:s3cret@127.0.0.1:{FreePort.Next()}/camera?token=t0ken";
        await using var camera = CameraSource.Open(address, new CameraOptions { Loggers = _log });
        using var cancel = new CancellationTokenSource();

        var waiting = camera.NextAsync(cancel.Token).AsTask();
        var away = await _log.WaitForAsync(2002);
        await cancel.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        Assert.Contains("127.0.0.1", (string)away.Fields["Camera"]!, StringComparison.Ordinal);
        Assert.All(["s3cret", "t0ken"], secret => Assert.DoesNotContain(secret, _log.Text, StringComparison.Ordinal));
    }
}
