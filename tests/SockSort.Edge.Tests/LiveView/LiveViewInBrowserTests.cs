using System.Globalization;
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
        // A page that has just got its picture may still be laying itself out.
        await browser.Page.WaitForFunctionAsync("() => document.documentElement.scrollWidth <= innerWidth");
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

    [Fact]
    public async Task Label_bar_and_picture_of_the_page_are_of_one_frame_at_each_moment()
    {
        await using var view = await LiveViewClient.StartAsync();
        await using var browser = await chromium.OpenAsync();
        await browser.GotoAsync($"https://localhost:{view.Server.Port}/");
        view.Server.Show(LiveViewClient.Frame(0, label: "0", percent: 0));
        await browser.SeesAsync("#label", "0");
        // The colour of each frame says which label it has; the page is looked at whenever it draws.
        await browser.Page.EvaluateAsync("""
            () => {
              window.seen = [];
              const canvas = document.createElement('canvas');
              canvas.width = canvas.height = 1;
              const context = canvas.getContext('2d', { willReadFrequently: true });
              (function look() {
                const picture = document.getElementById('picture');
                context.drawImage(picture, picture.naturalWidth / 2, picture.naturalHeight / 4, 1, 1, 0, 0, 1, 1);
                const colour = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
                const label = document.getElementById('label').textContent;
                window.seen.push({ colour, label, width: document.getElementById('fill').style.width });
                requestAnimationFrame(look);
              })();
            }
            """);

        for (var number = 1; number <= 12; number++)
        {
            var colour = number % 4;
            view.Server.Show(LiveViewClient.Frame(number, label: $"{colour}", percent: colour * 25, colour: colour));
            await browser.SeesAsync("#label", $"{colour}");
        }

        var seen = (await browser.Page.EvaluateAsync<System.Text.Json.JsonElement>("() => window.seen")).EnumerateArray().ToList();
        Assert.True(seen.Count > 12, $"{seen.Count} looks");
        Assert.All(seen, look =>
        {
            var number = int.Parse(look.GetProperty("label").GetString()!, CultureInfo.InvariantCulture);
            var (red, green, blue) = Pictures.Colours[number];
            var shown = look.GetProperty("colour").EnumerateArray().Select(value => value.GetInt32());
            Assert.All(new int[] { red, green, blue }.Zip(shown), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 12));
            Assert.Equal($"{number * 25}%", look.GetProperty("width").GetString());
        });
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task The_page_shows_the_pictures_age_and_lets_its_size_be_chosen_and_the_picture_be_saved()
    {
        await using var view = await LiveViewClient.StartAsync();
        await using var browser = await chromium.OpenAsync();
        await browser.GotoAsync($"https://localhost:{view.Server.Port}/");
        view.Server.Show(LiveViewClient.Frame(1, width: 1920, height: 1080) with { CapturedAt = DateTimeOffset.UtcNow.AddMinutes(-30) });
        await browser.SeesAsync("#label", "Google");

        var age = await browser.Page.Locator("#age").TextContentAsync();
        _ = await browser.Page.SelectOptionAsync("#resolution", "480p");
        await browser.Page.WaitForFunctionAsync("() => document.getElementById('picture').naturalWidth === 853");
        var download = await browser.Page.RunAndWaitForDownloadAsync(() => browser.Page.ClickAsync("#snapshot"));

        Assert.Matches("^3[0-9] min$", age);
        Assert.Matches("^sock-[0-9-]+\\.jpg$", download.SuggestedFilename);
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
