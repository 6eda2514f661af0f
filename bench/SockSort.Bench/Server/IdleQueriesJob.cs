using System.Diagnostics;
using System.Globalization;
using SockSort.Sql.Engine.Queries;

namespace SockSort.Bench.Server;

/// <summary>Measures how long queries without input take to start.</summary>
public static class IdleQueriesJob
{
    /// <exception cref="BenchException">Some of the queries do not run.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(string folder, int queries, CancellationToken cancellation)
    {
        string[] statements =
        [
            .. Enumerable.Range(0, queries)
            .Select(i => $"CREATE STREAM idle_{i} AS SELECT seq, sent FROM socks WHERE image = '{i}' EMIT CHANGES;"),
        ];
        return
        [
            $"made one by one, a request each: {await MakeAsync(folder, statements, queries, cancellation)}",
            $"made in one request: {await MakeAsync(folder, [string.Concat(statements)], queries, cancellation)}",
        ];
    }

    private static async Task<string> MakeAsync(string folder, IReadOnlyList<string> requests, int queries, CancellationToken cancellation)
    {
        using var data = new BenchFolder(folder);
        TimeSpan made;
        await using (var served = await ServedLog.StartAsync(data.Path, cancellation))
        {
            await served.RunAsync(PacedAppends.Stream, cancellation);
            var clock = Stopwatch.StartNew();
            foreach (var request in requests)
                await served.RunAsync(request, cancellation);
            made = clock.Elapsed;
            Check(served, queries);
        }
        var restart = Stopwatch.StartNew();
        await using var again = await ServedLog.StartAsync(data.Path, cancellation);
        Check(again, queries);
        return string.Create(
            CultureInfo.InvariantCulture, $"{made.TotalSeconds:0.00} s; all back after a restart: {restart.Elapsed.TotalSeconds:0.00} s");
    }

    private static void Check(ServedLog served, int queries)
    {
        var running = served.Engine.Snapshot().Queries.Count(query => query.State == QueryState.Running);
        if (running != queries)
            throw new BenchException($"{running} queries run, expected {queries}");
    }
}
