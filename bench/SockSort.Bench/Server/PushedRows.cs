using System.Diagnostics;

namespace SockSort.Bench.Server;

/// <summary>A push query over HTTP whose rows are <c>[seq,sent]</c>; measures each row's latency since its append.</summary>
internal sealed class PushedRows : IAsyncDisposable
{
    private PushQuery? _query;
    private readonly SharedLatencies _latencies = new();
    private long _next = -1;

    private PushedRows()
    {
    }

    /// <summary>The number of the newest row; -1 for none.</summary>
    public long Newest => Interlocked.Read(ref _next) - 1;

    /// <summary>The number of rows that were missing or came twice.</summary>
    public long Wrong { get; private set; }

    /// <param name="client">A client of the server.</param>
    /// <param name="sql">A push query that selects seq and sent.</param>
    /// <param name="fromBeginning">Whether to read the topic from its first record on.</param>
    /// <param name="pause">The pause after each read of at most 4 KiB; zero for a client that reads as fast as it can.</param>
    /// <param name="cancellation">Cancels the start.</param>
    public static async Task<PushedRows> OpenAsync(
        HttpClient client, string sql, bool fromBeginning, TimeSpan pause, CancellationToken cancellation)
    {
        var rows = new PushedRows();
        rows._query = await PushQuery.OpenAsync(client, sql, fromBeginning, pause, rows.Record, cancellation);
        return rows;
    }

    /// <inheritdoc cref="SharedLatencies.Take"/>
    public Latencies Take() => _latencies.Take();

    /// <summary>Waits for the row with that number.</summary>
    /// <exception cref="BenchException">It did not come within the timeout, or rows before it were missing.</exception>
    public async Task ReachAsync(long seq, TimeSpan timeout, CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); Newest < seq; await Task.Delay(10, cancellation))
        {
            if (clock.Elapsed > timeout)
                throw new BenchException($"row {seq} has not come within {timeout.TotalSeconds:0} s; the newest is {Newest}");
        }
        if (Wrong > 0)
            throw new BenchException($"{Wrong} rows did not follow the one before them");
    }

    public ValueTask DisposeAsync() => _query?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Record(long seq, long sent, long now)
    {
        Wrong += _next >= 0 && seq != _next ? 1 : 0;
        _ = Interlocked.Exchange(ref _next, seq + 1);
        _latencies.Add(Stopwatch.GetElapsedTime(sent, now));
    }
}
