using Microsoft.Playwright;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Privacy;

/// <summary>What our pages ask a browser for comes from where the page came from: no fonts, scripts or pictures of others.</summary>
public sealed class PagesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_live_view_asks_its_own_server_alone()
    {
        _ = Programs.Find("chromium");
        var photos = _folder.File("photos");
        _ = await SocksortProcess.RunAsync(["photos", "synth", "--classes", "2", "--per-class", "2", "--out", photos]);
        var trained = await SocksortProcess.RunAsync(
            [
                "train", "--data", photos, "--out", _folder.File("model.tar.gz"), "--report", _folder.File("report"), "--blocks", "0",
                "--image-size", "64", "--copies", "1",
            ]);
        Assert.True(trained.ExitCode == 0, trained.Output);
        await using var edge = SocksortProcess.Start(
            [
                "edge", "run", "--model", _folder.File("model.tar.gz"), "--camera", "synthetic:1", "--mqtt",
                $"mqtt://127.0.0.1:{FreePort.Next()}", "--live-view-port", "0",
            ]);
        var address = (await edge.LineAsync(@"live view  (https://\S+)")).Groups[1].Value;

        var asked = await RequestsOfAsync(address, wait: "() => document.getElementById('picture').naturalWidth > 0");
        var ofReport = await RequestsOfAsync(
            $"file://{_folder.File("report/report.html")}", wait: "() => document.readyState === 'complete'");

        Assert.Contains(asked, url => url.Contains("stream.mjpg", StringComparison.Ordinal));
        Assert.All(asked, url => Assert.Matches($"^({address}|data:|blob:)", url));
        Assert.All(ofReport, url => Assert.Matches($"^(file://{_folder.Path}|data:|blob:)", url));
    }

    private static async Task<List<string>> RequestsOfAsync(string address, string wait)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Programs.Find("chromium"),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { IgnoreHTTPSErrors = true });
        List<string> asked = [];
        page.Request += (_, request) => asked.Add(request.Url);
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        await page.WaitForFunctionAsync(wait);
        return asked;
    }
}
