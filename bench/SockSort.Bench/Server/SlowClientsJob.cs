using System.Globalization;

namespace SockSort.Bench.Server;

/// <summary>Measures how slow clients of a stream, which read from its beginning, delay fast ones.</summary>
public static class SlowClientsJob
{
    private const string Query = "SELECT seq, sent FROM socks EMIT CHANGES;";

    // More than the server buffers for a client and the sockets of both sides hold.
    private const int Backlog = 400_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="BenchException">A fast client missed rows.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(
        string folder, int clients, int slowClients, int perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        using var data = new BenchFolder(folder);
        await using var served = await ServedLog.StartAsync(data.Path, cancellation);
        await served.RunAsync(PacedAppends.Stream, cancellation);
        var appends = new PacedAppends(served.Log, perSecond);
        appends.Fill(Backlog);
        var (fast, slow) = (new List<PushedRows>(), new List<PushedRows>());
        try
        {
            for (var i = 0; i < clients - slowClients; i++)
                fast.Add(await PushedRows.OpenAsync(served.Client, Query, fromBeginning: false, TimeSpan.Zero, cancellation));
            var alone = await MeasureAsync(appends, fast, duration, cancellation);
            for (var i = 0; i < slowClients; i++)
                slow.Add(await PushedRows.OpenAsync(served.Client, Query, fromBeginning: true, SlowPause, cancellation));
            var beside = await MeasureAsync(appends, fast, duration, cancellation);
            return
            [
                $"{fast.Count} fast clients alone: {alone}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"beside {slow.Count} slow ones: {beside}; the slow ones have read "
                        + $"{slow.Select(client => client.Newest + 1).DefaultIfEmpty().Average():0} of {appends.Sent} rows each, "
                        + $"{served.Engine.SlowClientsEnded} of them were ended"),
            ];
        }
        finally
        {
            foreach (var client in fast.Concat(slow))
                await client.DisposeAsync();
        }
    }

    private static async Task<Latencies> MeasureAsync(
        PacedAppends appends, List<PushedRows> clients, TimeSpan duration, CancellationToken cancellation)
    {
        await appends.RunAsync(WarmUp, cancellation);
        clients.ForEach(client => client.Take());
        await appends.RunAsync(duration, cancellation);
        foreach (var client in clients)
            await client.ReachAsync(appends.Sent - 1, Timeout, cancellation);
        var all = new Latencies();
        clients.ForEach(client => all.Add(client.Take()));
        return all;
    }
}
