using Microsoft.Playwright;
using SockSort.Edge.Tests.LiveView;
using SockSort.Testing;

namespace SockSort.Dashboard.Tests.Pages;

/// <summary>What tests of several pages do with a browser.</summary>
internal static class DashboardPages
{
    /// <summary>As long as a busy machine needs.</summary>
    public const int LongestMs = 120_000;

    /// <summary>Opens a page, and waits until what is done on it reaches the program.</summary>
    public static async Task OpenAsync(RunningDashboard dashboard, ChromiumPage browser, string path)
    {
        await browser.GotoAsync($"{new UriBuilder(dashboard.Address) { UserName = "me", Password = RunningDashboard.Password }}{path}");
        _ = await browser.Page.WaitForSelectorAsync("main[data-listens]");
    }

    /// <summary>What axe finds serious or critical, as JSON.</summary>
    public static async Task<string> AxeAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(NpmPackages.Find("axe-core/axe.min.js")));
        return await page.EvaluateAsync<string>("""
            () => axe.run().then(found => JSON.stringify(found.violations
              .filter(rule => ['serious', 'critical'].includes(rule.impact))
              .map(rule => [rule.id, rule.nodes.map(node => node.html)])))
            """);
    }
}
