using SockSort.Log;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;

namespace SockSort.Sql.Engine.Pull;

/// <summary>
/// Runs pull queries beside the engine's thread, and keeps the views of the tables that they ask for. One at a time goes through all rows
/// of a table or stream; those that look up rows by their keys do not wait for it. All that it holds a topic holds too: where the queries'
/// state needs the room, it goes.
/// </summary>
/// <param name="log">What is read.</param>
/// <param name="memory">Says whether there is room for what is held.</param>
/// <param name="clock">The clock that the patience is measured by.</param>
/// <param name="patience">How long a pull query may wait for those before it, and how long it may read.</param>
internal sealed class PullRunner(ILog log, StateMemory memory, TimeProvider clock, TimeSpan patience)
{
    // Records between two checks of the memory, each of which lets others have the thread: one or two milliseconds.
    private const int CheckEvery = 1000;

    private readonly SemaphoreSlim _scans = new(1);
    private readonly SemaphoreSlim _lookups = new(1);

    // Guards what follows; never held while anything is read.
    private readonly Lock _gate = new();

    // The one used last is the last.
    private readonly List<TableView> _views = [];
    private readonly Dictionary<PullQuery, long> _running = [];
    private long _bytes;
    private long _heldBytes;
    private bool _mustGiveWay;

    /// <summary>Rough bytes of the views, the queries under way and the answers that are held. For any thread.</summary>
    public long Bytes => Volatile.Read(ref _bytes) + Interlocked.Read(ref _heldBytes);

    /// <summary>Counts an answer's memory until the result is disposed of.</summary>
    public IDisposable Hold(RowsResult answer) => new HeldAnswer(this, answer.Bytes);

    /// <param name="plan">Plans the query; once more where it has waited: what it reads may be another table by then.</param>
    /// <param name="cancellation">Cancelled when the client has gone.</param>
    /// <exception cref="SqlException">It is wrong, takes too long, or more memory than there is.</exception>
    public async Task<RowsResult> RunAsync(Func<PullQuery> plan, CancellationToken cancellation)
    {
        var query = plan();
        var turn = query.IsLookup ? _lookups : _scans;
        // Free is free, however short the patience.
        var isFree = turn.Wait(0, CancellationToken.None);
        if (!isFree)
            await WaitAsync(turn, cancellation);
        try
        {
            if (!isFree)
                query = plan();
            return await ReadAsync(query, cancellation);
        }
        finally
        {
            End(query);
            _ = turn.Release();
        }
    }

    /// <summary>Makes room for the queries' state: at once, or at the next check of the queries under way. For any thread.</summary>
    /// <returns>False where nothing was held.</returns>
    public bool GiveWay()
    {
        lock (_gate)
        {
            if (_running.Count > 0)
                return _mustGiveWay = true;
            var held = _views.Count > 0;
            _views.Clear();
            Count();
            return held;
        }
    }

    private void End(PullQuery query)
    {
        lock (_gate)
        {
            _ = _running.Remove(query);
            if (_mustGiveWay)
                ForgetOthers(than: null);
            Count();
        }
    }

    private async Task WaitAsync(SemaphoreSlim turn, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await turn.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw PullErrors.OthersFirst(patience);
        }
    }

    /// <remarks>
    /// It leaves the pool's thread again and again: else as many long queries as there are processors would keep all others waiting.
    /// </remarks>
    private async Task<RowsResult> ReadAsync(PullQuery query, CancellationToken cancellation)
    {
        var (start, sinceCheck) = (clock.GetTimestamp(), 0);
        var view = query.Source.IsTable ? ViewOf(query) : null;
        for (var ends = view?.Ends() ?? []; view?.CatchUp(ends) == true; await Task.Yield())
        {
            CheckTime();
            MakeRoom(query, view);
        }
        foreach (var record in view?.Records(query.Keys) ?? RecordsOf(query))
        {
            query.Process(record);
            if (query.IsDone)
                break;
            CheckTime();
            if (++sinceCheck % CheckEvery != 0)
                continue;
            MakeRoom(query, view);
            await Task.Yield();
        }
        MakeRoom(query, view);
        return query.Result();

        void CheckTime()
        {
            cancellation.ThrowIfCancellationRequested();
            if (clock.GetElapsedTime(start) > patience)
                throw PullErrors.TooLong(patience, query.From);
        }
    }

    private TableView ViewOf(PullQuery query)
    {
        lock (_gate)
        {
            var table = query.Source;
            var view = _views.Find(known => known.Table.Name == table.Name);
            if (view is not null)
                _ = _views.Remove(view);
            if (view is null || !ReferenceEquals(view.Table, table) || !view.IsOf(query.Begins, query.Own))
                view = new(table, log, query.Begins, query.Own);
            _views.Add(view);
            return view;
        }
    }

    private IEnumerable<LogRecord> RecordsOf(PullQuery query) => Enumerable.Range(0, log.FindTopic(query.Source.Topic)?.Partitions ?? 1)
        .Where(partition => query.Own?.Has(partition) != false)
        .SelectMany(partition => log.Batches(query.Source.Topic, partition, from: 0)).SelectMany(records => records);

    /// <exception cref="SqlException">There is no room, even without the views that others have left.</exception>
    private void MakeRoom(PullQuery query, TableView? view)
    {
        lock (_gate)
        {
            _running[query] = query.Bytes;
            if (_mustGiveWay)
                ForgetOthers(view);
            for (Count(); !memory.HasRoomFor(Bytes); Count())
            {
                if (_views.FirstOrDefault(other => other != view) is not { } oldest)
                {
                    _views.Clear();
                    throw PullErrors.NoRoom(query.Source.Name, query.Rows, Bytes, query.From);
                }
                _ = _views.Remove(oldest);
            }
        }
    }

    private void ForgetOthers(TableView? than)
    {
        _mustGiveWay = false;
        _ = _views.RemoveAll(view => view != than);
    }

    private void Count() => Volatile.Write(ref _bytes, _views.Sum(view => view.Bytes) + _running.Values.Sum());

    private sealed class HeldAnswer : IDisposable
    {
        private readonly PullRunner _runner;
        private long _bytes;

        public HeldAnswer(PullRunner runner, long bytes)
        {
            (_runner, _bytes) = (runner, bytes);
            _ = Interlocked.Add(ref runner._heldBytes, bytes);
        }

        public void Dispose() => Interlocked.Add(ref _runner._heldBytes, -Interlocked.Exchange(ref _bytes, 0));
    }
}
