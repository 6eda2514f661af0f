using Microsoft.Playwright;
using SockSort.Edge.Tests.LiveView;

namespace SockSort.EndToEnd.Tests.Demo;

/// <summary>The demo's dashboard, in chromium.</summary>
public sealed class DemoDashboardTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly DemoFolder _demo = new();

    public void Dispose() => _demo.Dispose();

    [Fact]
    public async Task It_shows_the_camera_the_pairs_and_the_way_leaves_the_users_photos_and_ends_with_the_demo()
    {
        await using var demo = await _demo.StartAsync("1h");
        var address = (await demo.LineAsync(@"^dashboard +(https://\S+)$")).Groups[1].Value;
        await using var browser = await chromium.OpenAsync();

        await browser.GotoAsync($"{address}/");
        await browser.Page.WaitForFunctionAsync("() => document.querySelector('sock-live img')?.naturalWidth > 0");
        _ = await browser.Page.WaitForSelectorAsync(".socks .badge", Patient);
        await browser.GotoAsync($"{address}/connectors");
        await browser.SeesAsync(".card .badge", "running");
        await browser.GotoAsync($"{address}/teach");
        await browser.SeesAsync(
            ".mud-alert-message", "Teaching needs a folder of photos that it may add to: photos in the configuration of socksort run.");
        demo.PressCtrlC();

        Assert.True(await demo.EndAsync() == 0, demo.Output);
        Assert.False(Directory.Exists(_demo.File("photos.teaching")));
        Assert.Equal(_demo.Figures().GetProperty("logged").GetInt64(), _demo.Figures().GetProperty("read").GetInt64());
    }

    // Until a sock has been before the camera; a busy machine takes its time.
    private static PageWaitForSelectorOptions Patient => new() { Timeout = 120_000 };
}
