using Microsoft.Playwright;
using SockSort.Edge.Tests.LiveView;

namespace SockSort.Dashboard.Tests.Pages;

/// <summary>Pages of a program that ends while they are open.</summary>
public sealed class RestartedDashboardTests(RunningDashboard dashboard, Chromium chromium)
    : IClassFixture<RunningDashboard>, IClassFixture<Chromium>
{
    [Fact]
    public async Task A_page_says_that_the_program_has_gone_and_comes_back_with_it()
    {
        await dashboard.TellSockAsync("Google", seen: 3);
        await using var browser = await chromium.OpenAsync();
        await DashboardPages.OpenAsync(dashboard, browser, "");
        var seen = browser.Page.Locator(".socks tbody tr", new PageLocatorOptions { HasText = "Google" }).Locator(".number").First;
        await ChromiumPage.SeesAsync(seen, "3");

        await dashboard.RestartAsync(meanwhile: () => browser.Page.GetByText("the page comes back by itself").WaitForAsync());
        await dashboard.TellSockAsync("Google", seen: 8);
        await ChromiumPage.SeesAsync(seen, "8");
        await browser.Page.Locator("main[data-listens]").WaitForAsync();

        Assert.False(await browser.Page.GetByText("the page comes back by itself").IsVisibleAsync());
    }

    [Fact]
    public async Task What_was_typed_into_the_editor_is_there_after_a_restart()
    {
        await using var browser = await chromium.OpenAsync();
        await DashboardPages.OpenAsync(dashboard, browser, "sql");
        await browser.Page.FillAsync("#sql-text", "SELECT image, n FROM heaps;");
        await browser.Page.EvaluateAsync("() => { window.isOld = true; }");

        await dashboard.RestartAsync(meanwhile: () => Task.CompletedTask);
        await browser.Page.WaitForFunctionAsync("() => !window.isOld && document.querySelector('main[data-listens]')");
        await Assertions.Expect(browser.Page.Locator("#sql-text")).ToHaveValueAsync(
            "SELECT image, n FROM heaps;", new() { Timeout = DashboardPages.LongestMs });
        await browser.Page.PressAsync("#sql-text", "Control+Enter");

        await browser.Page.Locator(".answer thead th").First.WaitForAsync();
    }
}
