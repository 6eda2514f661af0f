using Microsoft.Playwright;
using SockSort.Edge.LiveView;
using SockSort.Testing;

namespace SockSort.Edge.Tests.LiveView;

public sealed class LiveViewInBrowserTests
{
    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task A_browser_shows_picture_label_and_tables(int width, int height)
    {
        var chromium = Programs.Find("chromium");
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions
        {
            CameraName = "desk",
            Panels = () => [new LivePanel("Pairs", ["Sock", "State"], [["Google", "Pair"], ["<b>Mongo</b>", "Un-matched"]])],
        });
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions
        {
            IgnoreHTTPSErrors = true,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        // Of a busy machine.
        var patience = new LocatorAssertionsToHaveTextOptions { Timeout = 30_000 };
        List<string> complaints = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        // No other frame follows: the picture of a camera that stands still is shown too.
        view.Server.Show(LiveViewClient.Frame(1));

        await page.GotoAsync($"https://localhost:{view.Server.Port}/", new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Assertions.Expect(page.Locator("#label")).ToHaveTextAsync("Google", patience);
        await Assertions.Expect(page.Locator("#percent")).ToHaveTextAsync("97.4 %", patience);
        await page.WaitForFunctionAsync("() => document.getElementById('picture').naturalWidth > 0");

        Assert.Equal(640, await page.EvaluateAsync<int>("() => document.getElementById('picture').naturalWidth"));
        Assert.Equal(["Sock", "State", "Google", "Pair", "<b>Mongo</b>", "Un-matched"], await page.Locator("th, td").AllTextContentsAsync());
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.Empty(complaints);
    }
}
