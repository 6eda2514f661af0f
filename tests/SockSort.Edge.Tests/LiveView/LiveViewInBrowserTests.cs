using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using SockSort.Edge.LiveView;
using SockSort.Edge.Tests.Cameras;
using SockSort.Testing;

namespace SockSort.Edge.Tests.LiveView;

public sealed class LiveViewInBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task A_browser_shows_picture_label_and_tables(int width, int height)
    {
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions
        {
            CameraName = "desk",
            Panels = () => [new LivePanel("Pairs", ["Sock", "State"], [["Google", "Pair"], ["<b>Mongo</b>", "Un-matched"]])],
        });
        await using var browser = await chromium.OpenAsync(width: width, height: height);
        // No other frame follows: the picture of a camera that stands still is shown too.
        view.Server.Show(LiveViewClient.Frame(1));

        await browser.GotoAsync($"https://localhost:{view.Server.Port}/");
        await browser.SeesAsync("#label", "Google");
        await browser.SeesAsync("#percent", "97.4 %");
        await browser.SeesColourAsync(Pictures.Colours[0]);

        Assert.Equal(640, await browser.Page.EvaluateAsync<int>("() => document.getElementById('picture').naturalWidth"));
        Assert.Equal(
            ["Sock", "State", "Google", "Pair", "<b>Mongo</b>", "Un-matched"], await browser.Page.Locator("th, td").AllTextContentsAsync());
        Assert.True(await browser.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_browser_shows_the_newest_picture_though_no_other_follows()
    {
        await using var view = await LiveViewClient.StartAsync();
        await using var browser = await chromium.OpenAsync();
        await browser.GotoAsync($"https://localhost:{view.Server.Port}/");

        foreach (var colour in new[] { 0, 1, 2 })
        {
            view.Server.Show(LiveViewClient.Frame(colour + 1, colour: colour));
            await browser.SeesColourAsync(Pictures.Colours[colour]);
        }

        Assert.Empty(browser.Complaints);
    }

    [Theory]
    [InlineData("https://localhost:{port}/")]
    [InlineData("https://me:knows@localhost:{port}/")]
    [InlineData("http://localhost:{port}/")]
    public async Task A_browser_that_has_the_password_shows_picture_and_label(string address)
    {
        await using var view = await LiveViewClient.StartAsync(listening: LiveViewClient.OnLoopback with { Password = "knows" });
        view.Server.Show(LiveViewClient.Frame(1, colour: 1));
        await using var browser = await chromium.OpenAsync(address.Contains('@') ? null : "knows");

        await browser.GotoAsync(address.Replace("{port}", $"{view.Server.Port}", StringComparison.Ordinal));
        await browser.SeesAsync("#label", "Google");
        await browser.SeesColourAsync(Pictures.Colours[1]);

        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_page_that_finds_no_place_says_so_and_shows_the_picture_when_one_gets_free()
    {
        await using var view = await LiveViewClient.StartAsync(
            new LiveViewOptions { MaxViewers = 1, StalledAfter = TimeSpan.FromHours(1) });
        view.Server.Show(LiveViewClient.Frame(1, colour: 2));
        var other = await view.GetAsync("/stream.mjpg");
        await using var browser = await chromium.OpenAsync();
        await browser.GotoAsync($"https://localhost:{view.Server.Port}/");
        await browser.SeesAsync("#notice", "All 1 places are taken – waiting for one …");

        other.Dispose();

        await browser.SeesColourAsync(Pictures.Colours[2]);
        await browser.SeesAsync("#state-text", "live");
    }

    [Fact]
    public async Task A_page_whose_stream_has_ended_opens_another_one()
    {
        var port = FreePort.Next();
        using var folder = new TempFolder();
        var listening = LiveViewClient.On(IPAddress.Loopback, port) with { CertificateFolder = folder.Path };
        var first = await LiveViewClient.StartAsync(listening: listening);
        first.Server.Show(LiveViewClient.Frame(1, colour: 0));
        await using var browser = await chromium.OpenAsync();
        await browser.GotoAsync($"https://127.0.0.1:{port}/");
        await browser.SeesColourAsync(Pictures.Colours[0]);

        await first.DisposeAsync();
        await using var second = await LiveViewClient.StartAsync(listening: listening);
        second.Server.Show(LiveViewClient.Frame(1, colour: 1));

        await browser.SeesColourAsync(Pictures.Colours[1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_the_pages_of_a_named_site_show_the_view_within_them(bool isNamed)
    {
        var port = FreePort.Next();
        await using var view = await LiveViewClient.StartAsync(
            new LiveViewOptions { Embedders = isNamed ? [$"http://localhost:{port}"] : [] });
        view.Server.Show(LiveViewClient.Frame(1, colour: 1));
        await using var dashboard = await ServeAsync(port, $"""
            <img id="picture" src="https://localhost:{view.Server.Port}/stream.mjpg" onerror="this.alt = 'refused'">
            <iframe src="https://localhost:{view.Server.Port}/"></iframe>
            """);
        await using var browser = await chromium.OpenAsync();

        await browser.GotoAsync($"http://localhost:{port}/");
        await browser.Page.WaitForFunctionAsync(
            "() => { const img = document.getElementById('picture'); return img.naturalWidth > 0 || img.alt === 'refused'; }");
        var isShown = await browser.Page.EvaluateAsync<bool>("() => document.getElementById('picture').naturalWidth > 0");

        Assert.Equal(isNamed, isShown);
        if (isNamed)
            await ChromiumPage.SeesAsync(browser.Page.FrameLocator("iframe").Locator("#label"), "Google");
        else
            await Eventually.TrueAsync(
                () => browser.Complaints.Exists(text => text.Contains("frame-ancestors", StringComparison.Ordinal)),
                "the frame is refused");
    }

    private static async Task<WebApplication> ServeAsync(int port, string html)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(html, TestContext.Current.CancellationToken);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
