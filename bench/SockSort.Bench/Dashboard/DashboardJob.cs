using System.Diagnostics;
using SockSort.Models.Package;

namespace SockSort.Bench.Dashboard;

/// <summary>
/// The dashboard of a <c>socksort run</c> in a process of its own, in chromium: how soon a page shows something, how soon a pair, what open
/// pages cost, and whether hours of events make anything grow.
/// </summary>
public sealed class DashboardJob : IAsyncDisposable
{
    private const int FramesOfSock = 8;

    private const string Pairs = "SELECT pairs, found_at FROM pair_found EMIT CHANGES;";

    // Notes when the first picture is there, how many have come, and when each pair is shown.
    private const string Notes = """
        window.bench = { picture: null, pictures: 0, pairs: [], shown: null, last: null };
        new MutationObserver(() => {
          const image = document.querySelector('sock-live img');
          if (image?.naturalWidth > 0 && image !== bench.last) {
            bench.last = image;
            bench.pictures++;
            bench.picture ??= performance.now();
          }
          const pair = document.querySelector('.pair-banner span:not(.sock-picture)')?.textContent ?? null;
          if (pair !== null && pair !== bench.shown) bench.pairs.push(Date.now());
          bench.shown = pair;
        }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
        """;

    private static readonly string[] Labels = [.. "ABCDEFGHIJKL".Select(letter => $"Sock {letter}")];
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Stack<IAsyncDisposable> _started = [];
    private readonly FoundPairs _found = new();
    private readonly BenchFolder _folder;
    private WatchedRun _run = null!;
    private BenchBrowser _browser = null!;
    private ShownSocks _socks = null!;

    private DashboardJob(string parent) => _folder = new BenchFolder(parent);

    /// <summary>The browser that is used; null where this machine has none.</summary>
    public static string? Browser => BenchBrowser.Find();

    /// <param name="program">Starts this program with arguments.</param>
    /// <param name="model">Classifies the camera's frames.</param>
    /// <param name="parent">Where the program's data are made.</param>
    /// <param name="browser">Chromium's program.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <exception cref="BenchException">Program or browser do not start.</exception>
    public static async Task<DashboardJob> StartAsync(
        ProgramStart program, ModelPackage model, string parent, string browser, CancellationToken cancellation)
    {
        var job = new DashboardJob(parent);
        try
        {
            await job.StartAsync(program, model, browser, cancellation);
            return job;
        }
        catch
        {
            await job.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a page again and again.</summary>
    public async Task<OpeningFigures> OpenAsync(int times, CancellationToken cancellation)
    {
        var (first, again) = (new List<double>(), new List<double>());
        for (var time = 0; time < times; time++)
        {
            var page = await _browser.OpenAsync(Notes, cancellation);
            foreach (var figures in new[] { first, again })
            {
                await page.GoAsync(_run.Dashboard, cancellation);
                figures.Add(await page.NumberAsync("window.bench?.picture ?? null", "a picture", cancellation));
            }
            await page.GoAsync(new Uri("about:blank"), cancellation);
        }
        return new OpeningFigures(first, again);
    }

    /// <summary>Shows pairs, one after the other, to a page that is open.</summary>
    /// <returns>From the pair's record in the log to the page that shows it.</returns>
    public async Task<Latencies> PairsAsync(int pairs, CancellationToken cancellation)
    {
        var page = await _browser.OpenAsync(Notes, cancellation);
        await page.GoAsync(_run.Dashboard, cancellation);
        _ = await page.NumberAsync("window.bench?.picture ?? null", "a picture", cancellation);
        var (latencies, before) = (new Latencies(), _found.Count);
        for (var pair = 0; pair < pairs; pair++)
        {
            var label = Labels[pair % Labels.Length];
            await _socks.ShowAsync(label, FramesOfSock, Between, cancellation);
            await _socks.ShowAsync(label, FramesOfSock, Between, cancellation);
            var shownAt = await page.NumberAsync($"window.bench.pairs[{pair}] ?? null", $"pair {pair + 1}", cancellation);
            await _found.ReachAsync(before + pair + 1, Patience, cancellation);
            latencies.Add(TimeSpan.FromMilliseconds(shownAt - _found[before + pair]));
        }
        await page.GoAsync(new Uri("about:blank"), cancellation);
        return latencies;
    }

    /// <summary>What the program takes with so many dashboards open.</summary>
    public async Task<OpenFigures> WatchAsync(int dashboards, TimeSpan duration, CancellationToken cancellation)
    {
        var pages = new List<BenchPage>();
        for (var number = 0; number < dashboards; number++)
        {
            pages.Add(await _browser.OpenAsync(Notes, cancellation));
            await pages[^1].GoAsync(_run.Dashboard, cancellation);
        }
        foreach (var page in pages)
            _ = await page.NumberAsync("window.bench?.picture ?? null", "a picture", cancellation);
        var (processor, before, clock) = (_run.Processor, await PicturesAsync(pages, cancellation), Stopwatch.StartNew());
        await Task.Delay(duration, cancellation);
        var (took, shown) = (clock.Elapsed, await PicturesAsync(pages, cancellation) - before);
        var figures = new OpenFigures(
            dashboards, (_run.Processor - processor) / took, _run.Bytes, shown / Math.Max(1, dashboards) / took.TotalSeconds);
        foreach (var page in pages)
            await page.GoAsync(new Uri("about:blank"), cancellation);
        return figures;
    }

    /// <summary>Replays stretches of the past before an open page.</summary>
    /// <param name="length">Of each.</param>
    /// <param name="stretches">How many; the first one warms up what is to be compared.</param>
    /// <param name="tell">Told of each.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ReplayAsync(TimeSpan length, int stretches, Action<MemoryFigures> tell, CancellationToken cancellation)
    {
        var page = await _browser.OpenAsync(Notes, cancellation);
        await page.GoAsync(_run.Dashboard, cancellation);
        _ = await page.NumberAsync("window.bench?.picture ?? null", "a picture", cancellation);
        var from = DateTimeOffset.UtcNow - stretches * length;
        for (var stretch = 0; stretch < stretches; stretch++)
        {
            var (found, started) = (_found.Count, Stopwatch.GetTimestamp());
            var frames = await _socks.ReplayAsync(from + stretch * length, length, Labels, cancellation);
            var took = Stopwatch.GetElapsedTime(started, await _found.SettleAsync(cancellation));
            var (bytes, nodes) = await page.MemoryAsync(cancellation);
            tell(new MemoryFigures(frames, _found.Count - found, took, _run.Bytes, bytes, nodes));
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var part))
            await part.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(ProgramStart program, ModelPackage model, string browser, CancellationToken cancellation)
    {
        _started.Push(_run = await WatchedRun.StartAsync(program, model, _folder.Path, cancellation));
        _started.Push(_browser = await BenchBrowser.StartAsync(browser, Path.Combine(_folder.Path, "profile"), cancellation));
        _started.Push(await PushQuery.OpenAsync(_run.Sql, Pairs, fromBeginning: false, TimeSpan.Zero, _found.Take, cancellation));
        _started.Push(_socks = await ShownSocks.ConnectAsync(_run.Broker, cancellation));
    }

    private static async Task<double> PicturesAsync(IEnumerable<BenchPage> pages, CancellationToken cancellation)
    {
        var sum = 0.0;
        foreach (var page in pages)
            sum += await page.NumberAsync("window.bench.pictures", "a picture", cancellation);
        return sum;
    }
}
