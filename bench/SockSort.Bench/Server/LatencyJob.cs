using System.Globalization;

namespace SockSort.Bench.Server;

/// <summary>Measures the latency from the append of a record to its row at one client, at a constant rate.</summary>
/// <param name="Name">What lies between append and row.</param>
/// <param name="Script">Statements to run before the query.</param>
/// <param name="Query">The push query.</param>
public sealed record LatencyJob(string Name, string Script, string Query)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static readonly LatencyJob[] All =
    [
        new("a stream's own rows", "", "SELECT seq, sent FROM socks EMIT CHANGES;"),
        new("rows of a query that is kept (a second commit)", "CREATE STREAM kept AS SELECT seq, sent FROM socks WHERE image "
            + "= 'Google' EMIT CHANGES;", "SELECT seq, sent FROM kept EMIT CHANGES;"),
    ];

    /// <exception cref="BenchException">Rows are missing.</exception>
    public async Task<string> RunAsync(string folder, int perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        using var data = new BenchFolder(folder);
        await using var served = await ServedLog.StartAsync(data.Path, cancellation);
        await served.RunAsync(PacedAppends.Stream + Script, cancellation);
        await using var rows = await PushedRows.OpenAsync(served.Client, Query, fromBeginning: false, TimeSpan.Zero, cancellation);
        var appends = new PacedAppends(served.Log, perSecond);
        await appends.RunAsync(WarmUp, cancellation);
        await rows.ReachAsync(appends.Sent - 1, Timeout, cancellation);
        _ = rows.Take();
        await appends.RunAsync(duration, cancellation);
        await rows.ReachAsync(appends.Sent - 1, Timeout, cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{rows.Take()}");
    }
}
