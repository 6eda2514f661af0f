using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using SockSort.Shared;

namespace SockSort.Bench.Dashboard;

/// <summary>A chromium without a window, in a process of its own.</summary>
internal sealed class BenchBrowser : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly BenchProcess _process;
    private readonly DevTools _tools;

    private BenchBrowser(BenchProcess process, DevTools tools) => (_process, _tools) = (process, tools);

    /// <summary>The program of this machine; null where there is none on the PATH.</summary>
    public static string? Find() =>
        Names.Select(name => SearchPath.Find(name, SearchPath.OfProcess)).FirstOrDefault(path => path is not null);

    /// <param name="program">The browser's program.</param>
    /// <param name="profile">A folder of its own.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <exception cref="BenchException">It does not start.</exception>
    public static Task<BenchBrowser> StartAsync(string program, string profile, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program,
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            // Pages of the same browser must not be slowed down for lying behind another.
            "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
            // The dashboard's certificate was made by the program that was started a moment ago.
            "--ignore-certificate-errors", "--enable-precise-memory-info", "--remote-debugging-port=0", $"--user-data-dir={profile}",
            "about:blank",
        ]);
        return BenchProcess.StartAsync(start, "chromium", async process =>
        {
            var address = await AddressAsync(Path.Combine(profile, "DevToolsActivePort"), cancellation);
            return new BenchBrowser(process, await DevTools.ConnectAsync(address, cancellation));
        });
    }

    /// <summary>Opens a page that shares nothing with the others: no cache, no session.</summary>
    /// <param name="script">Runs in it before its own.</param>
    /// <param name="cancellation">Cancels it.</param>
    public async Task<BenchPage> OpenAsync(string script, CancellationToken cancellation)
    {
        var context = await _tools.AskAsync("Target.createBrowserContext", null, null, cancellation);
        var made = await _tools.AskAsync(
            "Target.createTarget",
            new JsonObject
            {
                ["url"] = "about:blank",
                ["browserContextId"] = (string)context["browserContextId"]!,
                ["width"] = 1280,
                ["height"] = 800,
            },
            null, cancellation);
        var attached = await _tools.AskAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = (string)made["targetId"]!, ["flatten"] = true }, null, cancellation);
        var page = new BenchPage(_tools, (string)attached["sessionId"]!);
        await page.PrepareAsync(script, cancellation);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(EndTime);
        await CloseAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _tools.DisposeAsync();
        await _process.DisposeAsync();
    }

    // By itself it ends its children, too, which write into its profile.
    private async Task CloseAsync(CancellationToken patience)
    {
        _ = await _tools.AskAsync("Browser.close", null, null, patience);
        await _process.EndedAsync(patience);
    }

    // Two lines: the port, and the path.
    private static async Task<Uri> AddressAsync(string file, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartTime)
        {
            if (File.Exists(file) && await File.ReadAllLinesAsync(file, cancellation) is [var port, var path, ..])
                return new Uri(string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{port}{path}"));
            await Task.Delay(LookEvery, cancellation);
        }
        throw new BenchException($"chromium does not say where it listens: there is no {file}");
    }
}
