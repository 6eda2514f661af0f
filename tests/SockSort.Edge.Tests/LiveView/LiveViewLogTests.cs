using Microsoft.Extensions.Logging;
using SockSort.Edge.LiveView;
using SockSort.Testing;

namespace SockSort.Edge.Tests.LiveView;

/// <summary>What the live view logs of its viewers.</summary>
public sealed class LiveViewLogTests
{
    private readonly RecordedLog _log = new();

    [Fact]
    public async Task A_viewer_who_does_not_read_is_a_warning()
    {
        await using var view = await LiveViewClient.StartAsync(
            new LiveViewOptions { ReadWithin = TimeSpan.FromMilliseconds(500), Loggers = _log });
        view.Server.Routes.Show(LiveViewClient.Noise(1));
        await using var deaf = await RawViewer.OpenAsync(view.Server.Port, "GET /stream.mjpg HTTP/1.1");

        var cutOff = await _log.WaitForAsync(2021);

        Assert.Equal((LogLevel.Warning, 1L), (cutOff.Level, cutOff.Fields["Count"]));
    }
}
