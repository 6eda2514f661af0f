using SockSort.Log;
using SockSort.Sorting.Ledger;
using SockSort.Sorting.Topics;
using SockSort.Sql.Engine;

namespace SockSort.Dashboard.Watching;

/// <summary>Follows what the ledger and its events write to the log, once for all pages.</summary>
internal sealed class SortingFeed(SqlEngine engine, ILog log, TimeProvider time)
{
    private const int MostRecent = 40;
    private const int MostResults = 200;

    // Frames change the log many times a second; nobody sees more than this.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly FollowedSource _ledger = new(SortingNames.Ledger, engine, log);
    private readonly FollowedSource _sightings = new(SortingNames.Sightings, engine, log);
    private readonly FollowedSource _pairs = new(SortingNames.Pairs, engine, log);
    private readonly FollowedSource _corrections = new(SortingNames.Corrections, engine, log);
    private readonly FollowedSource _results = new(SortingNames.Results, engine, log);
    private readonly SortedDictionary<string, LedgerRow> _rows = new(StringComparer.Ordinal);
    private readonly LinkedList<Happening> _recent = [];
    private readonly LinkedList<CorrectionResult> _answers = [];

    // One that is never answered is one of a ledger that does not run.
    private readonly NewestOf<CorrectionRow> _asked = new(MostResults);
    private readonly List<(SightingRow Sighting, string? Sock)> _corrected = [];
    private readonly long _sinceMs = time.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly LedgerHours _hours = new();
    private readonly Lock _gate = new();
    private PairRow? _lastPair;
    private SortingView _view = new();

    /// <summary>Raised on the feed's own thread when <see cref="View"/> has changed.</summary>
    public event Action? Changed;

    /// <summary>
    /// Raised on the feed's own thread when the ledger has accepted a correction of one of the newest sightings, since the start: what it
    /// took the sighting for, and what it was; null where that was not said.
    /// </summary>
    public event Action<SightingRow, string?>? Corrected;

    /// <summary>The newest state.</summary>
    public SortingView View => Volatile.Read(ref _view);

    /// <summary>What became of a correction; null while nothing is known.</summary>
    public CorrectionResult? ResultOf(string correction)
    {
        lock (_gate)
            return _answers.FirstOrDefault(answer => answer.Id == correction);
    }

    /// <summary>Follows the topics until cancelled.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        var looked = 0L;
        while (true)
        {
            var version = log.Version;
            if (looked == 0 || time.GetElapsedTime(looked) > LookEvery)
            {
                Look();
                looked = time.GetTimestamp();
            }
            var isNew = ReadNew();
            if (isNew)
                Changed?.Invoke();
            foreach (var (sighting, sock) in _corrected)
                Corrected?.Invoke(sighting, sock);
            _corrected.Clear();
            await Task.Delay(Between, time, end);
            // After a start there is more than is read at once.
            if (!isNew)
                await log.WaitForChangeAsync(version, end);
        }
    }

    private void Look()
    {
        foreach (var source in new[] { _ledger, _sightings, _pairs, _corrections, _results })
            source.Look();
    }

    private bool ReadNew()
    {
        var before = View;
        var count = 0;
        lock (_gate)
        {
            foreach (var record in _results.Read())
                count += Take(CorrectionResult.Of(record), Answer);
            foreach (var record in _sightings.Read())
                count += Take(SightingRow.Of(record), See);
            // After the answers, so that what an answer is about has been read when it is looked for.
            foreach (var record in _corrections.Read().Where(IsNew))
                count += Take(CorrectionRow.Of(record), Ask);
            Settle();
            foreach (var record in _pairs.Read())
                count += TakePair(record);
            foreach (var record in _ledger.Read())
                count += TakeRow(record);
        }
        if (count == 0 && before.IsThere == _ledger.IsThere)
            return false;
        Volatile.Write(ref _view, new SortingView
        {
            IsThere = _ledger.IsThere,
            Ledger = [.. _rows.Values],
            Recent = [.. _recent],
            Hours = _hours.Counts,
            LastPair = _lastPair,
        });
        return true;
    }

    private static int Take<T>(T? row, Action<T> take)
    {
        if (row is not null)
            take(row);
        return 1;
    }

    private int TakePair(in LogRecord record)
    {
        if (PairRow.Of(record) is { } pair)
            Pair(pair);
        else if (PairRow.TakenBackBy(record) == _lastPair?.Sock)
            _lastPair = null;
        return 1;
    }

    private int TakeRow(in LogRecord record)
    {
        if (LedgerRow.Of(record) is { } row)
        {
            _rows[row.Sock] = row;
            _hours.Change(row, Shown.At(record.TimestampMs));
            return 1;
        }
        var sock = LedgerRow.SockOf(record);
        _ = _rows.Remove(sock);
        _hours.Remove(sock);
        return 1;
    }

    private void See(SightingRow sighting)
    {
        _hours.See(sighting);
        if (sighting.ClosedBy is null)
        {
            var from = Shown.At(sighting.SeenFromMs);
            Tell(new Happening(from, sighting.Sock, "is before the camera", IsPair: false, sighting));
            return;
        }
        for (var node = _recent.First; node is not null; node = node.Next)
        {
            if (node.Value.Sighting?.Id != sighting.Id)
                continue;
            node.Value = node.Value with { Text = LengthOf(sighting), Sighting = sighting };
            return;
        }
    }

    private static string LengthOf(SightingRow sighting)
    {
        var seconds = Math.Max(0, sighting.SeenToMs - sighting.SeenFromMs) / 1000.0;
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"was shown for {seconds:0.0} s");
    }

    private void Pair(PairRow pair)
    {
        _lastPair = pair;
        Tell(new Happening(Shown.At(pair.FoundAtMs), pair.Sock, "a pair!", IsPair: true, Sighting: null));
    }

    // What was corrected before the start has been named then.
    private bool IsNew(LogRecord record) => record.TimestampMs >= _sinceMs;

    private void Ask(CorrectionRow correction)
    {
        if (correction is { Kind: CorrectionKind.Relabel or CorrectionKind.Forget, Sighting: not null })
            _asked.Set(correction.Id, correction);
    }

    private void Answer(CorrectionResult result)
    {
        _hours.Decide(result);
        _ = _answers.AddFirst(result);
        while (_answers.Count > MostResults)
            _answers.RemoveLast();
    }

    /// <summary>Tells of corrections that have been answered.</summary>
    private void Settle()
    {
        foreach (var answer in _answers)
        {
            if (_asked.Remove(answer.Id, out var asked) && answer.IsAccepted && SightingOf(asked) is { } sighting)
                _corrected.Add((sighting, asked.Kind == CorrectionKind.Relabel ? asked.Sock : null));
        }
    }

    private SightingRow? SightingOf(CorrectionRow correction) =>
        _recent.FirstOrDefault(happening => happening.Sighting?.Id == correction.Sighting)?.Sighting;

    private void Tell(Happening happening)
    {
        var before = _recent.First;
        while (before is not null && before.Value.At > happening.At)
            before = before.Next;
        _ = before is null ? _recent.AddLast(happening) : _recent.AddBefore(before, happening);
        while (_recent.Count > MostRecent)
            _recent.RemoveLast();
    }
}
