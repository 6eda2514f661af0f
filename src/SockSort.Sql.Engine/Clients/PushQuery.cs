using System.Diagnostics;
using System.Threading.Channels;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Execution;

namespace SockSort.Sql.Engine.Clients;

/// <param name="Values">Boxed values; see <see cref="Types.SqlArray"/>. In a tombstone only the key's columns are set.</param>
/// <param name="IsTombstone">The row of that key is gone.</param>
public sealed record PushedRow(object?[] Values, bool IsTombstone);

/// <summary>
/// A running push query. While its client does not read, it reads no further from its topics; a client that makes no room for long loses
/// it.
/// </summary>
public sealed class PushQuery : IAsyncDisposable
{
    /// <summary>Rows that may wait for the client before the query pauses; it goes on when half of them are gone.</summary>
    public const int MaxWaiting = 10_000;

    private readonly Channel<PushedRow> _rows = Channel.CreateUnbounded<PushedRow>(new() { SingleWriter = true });
    private readonly Func<PushQuery, ValueTask> _stop;
    private readonly CancellationTokenSource _failed = new();
    private int? _left;
    private Task<bool>? _waiting;
    private Task _pause = Task.CompletedTask;
    private long _waitsSince;
    private bool _isBehind;
    private DateTimeOffset? _behindSince;

    internal PushQuery(string id, IReadOnlyList<SourceColumn> columns, int? limit, QueryMetrics metrics, Func<PushQuery, ValueTask> stop)
    {
        Id = id;
        Columns = columns;
        Metrics = metrics;
        _stop = stop;
        _left = limit;
        if (limit == 0)
            ReachLimit();
    }

    public string Id { get; }

    public IReadOnlyList<SourceColumn> Columns { get; }

    public QueryMetrics Metrics { get; }

    /// <summary>True when LIMIT was reached, or the query was terminated.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>True when LIMIT was reached.</summary>
    public bool ReachedLimit { get; private set; }

    /// <summary>What ended it before its client did; null for nothing, LIMIT or TERMINATE.</summary>
    public string? Failure { get; private set; }

    /// <summary>Cancelled when an error ends the query; a client that does not read learns it in no other way.</summary>
    public CancellationToken Failed => _failed.Token;

    /// <summary>Whether more rows wait for the client than it may leave waiting. Only the engine asks.</summary>
    internal bool IsBehind
    {
        get
        {
            var waiting = _rows.Reader.Count;
            if (!_isBehind)
                _isBehind = waiting > MaxWaiting;
            else if (waiting <= MaxWaiting / 2)
                (_isBehind, _behindSince) = (false, null);
            return _isBehind;
        }
    }

    /// <summary>Rows as they come; ends at LIMIT, when the query is terminated or the engine closed.</summary>
    public IAsyncEnumerable<PushedRow> ReadAsync(CancellationToken cancellation) => _rows.Reader.ReadAllAsync(cancellation);

    /// <returns>Whether a row is there; false when none has come for so long, null when none will.</returns>
    public async Task<bool?> WaitAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var waiting = _waiting ??= _rows.Reader.WaitToReadAsync(cancellation).AsTask();
        for (_waitsSince = Stopwatch.GetTimestamp(); !waiting.IsCompleted;)
        {
            _ = await Task.WhenAny(waiting, PauseUpTo(patience, cancellation));
            cancellation.ThrowIfCancellationRequested();
            if (Waited() >= patience && !waiting.IsCompleted)
                return false;
        }
        _waiting = null;
        return await waiting ? true : null;
    }

    /// <summary>A row that is there already; false when none is.</summary>
    public bool TryRead(out PushedRow? row) => _rows.Reader.TryRead(out row);

    public ValueTask DisposeAsync()
    {
        Complete();
        return _stop(this);
    }

    internal void Add(PushedRow row)
    {
        if (IsComplete)
            return;
        _ = _rows.Writer.TryWrite(row);
        if (_left is { } left && (_left = left - 1) == 0)
            ReachLimit();
    }

    /// <summary>Whether the client has made no room for longer than it may.</summary>
    internal bool IsStuck(DateTimeOffset now, TimeSpan patience) => IsBehind && !IsComplete && now - (_behindSince ??= now) >= patience;

    internal void Fail(string reason)
    {
        Failure = reason;
        Complete();
        _failed.Cancel();
    }

    /// <summary>Drops the rows that wait for the client.</summary>
    /// <returns>The number of rows dropped.</returns>
    internal int Drop()
    {
        var dropped = 0;
        while (_rows.Reader.TryRead(out _))
            dropped++;
        return dropped;
    }

    private TimeSpan Waited() => Stopwatch.GetElapsedTime(_waitsSince);

    /// <remarks>One pause lasts through many waits: where rows come each millisecond, a thousand pauses would run at any time.</remarks>
    private Task PauseUpTo(TimeSpan patience, CancellationToken cancellation)
    {
        if (_pause.IsCompleted)
        {
            var left = patience - Waited();
            _pause = left > TimeSpan.Zero ? Task.Delay(left, cancellation) : Task.CompletedTask;
        }
        return _pause;
    }

    private void ReachLimit()
    {
        ReachedLimit = true;
        Complete();
    }

    internal void Complete()
    {
        IsComplete = true;
        _ = _rows.Writer.TryComplete();
    }
}
