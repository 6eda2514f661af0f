using Microsoft.Playwright;
using SockSort.Testing;

namespace SockSort.Edge.Tests.LiveView;

/// <summary>
/// Debian's chromium, started once for the tests of a class; each opens pages of its own, which know nothing of each other.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <param name="password">What the reader types when he is asked for one; null for who is not asked.</param>
    /// <param name="width">Of the window.</param>
    /// <param name="height">Of the window.</param>
    internal async Task<ChromiumPage> OpenAsync(string? password = null, int width = 1280, int height = 800)
    {
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Programs.Find("chromium"),
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                // A camera of its own; a page gets it only where the test grants it.
                "--use-fake-device-for-media-stream",
            ],
        });
        return new ChromiumPage(await _browser.NewPageAsync(new BrowserNewPageOptions
        {
            IgnoreHTTPSErrors = true,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            HttpCredentials = password is null ? null : new HttpCredentials { Username = "me", Password = password },
        }));
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
