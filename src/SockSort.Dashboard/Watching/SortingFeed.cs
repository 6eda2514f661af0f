using SockSort.Log;
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

    private readonly FollowedSource _ledger = new("SOCK_LEDGER", engine, log);
    private readonly FollowedSource _sightings = new("SOCK_SIGHTINGS", engine, log);
    private readonly FollowedSource _pairs = new("PAIR_FOUND", engine, log);
    private readonly FollowedSource _results = new("SOCK_CORRECTION_RESULTS", engine, log);
    private readonly SortedDictionary<string, LedgerRow> _rows = new(StringComparer.Ordinal);
    private readonly LinkedList<Happening> _recent = [];
    private readonly LinkedList<CorrectionResult> _answers = [];
    private readonly HourCounts _hours = new();
    private readonly Lock _gate = new();
    private FoundPair? _lastPair;
    private SortingView _view = new();

    /// <summary>Raised on the feed's own thread when <see cref="View"/> has changed.</summary>
    public event Action? Changed;

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
            if (ReadNew())
                Changed?.Invoke();
            await Task.Delay(Between, time, end);
            await log.WaitForChangeAsync(version, end);
        }
    }

    private void Look()
    {
        foreach (var source in new[] { _ledger, _sightings, _pairs, _results })
            source.Look();
    }

    private bool ReadNew()
    {
        var before = View;
        var count = 0;
        lock (_gate)
        {
            foreach (var record in _results.Read())
                count += Take(record, Answer);
            foreach (var record in _sightings.Read())
                count += Take(record, See);
            foreach (var record in _pairs.Read())
                count += Take(record, Pair);
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
            Hours = _hours,
            LastPair = _lastPair,
        });
        return true;
    }

    private static int Take(in LogRecord record, Action<string, JsonRow> take)
    {
        using var row = JsonRow.Of(record);
        if (row is not null)
            take(JsonRow.KeyOf(record), row);
        return 1;
    }

    private int TakeRow(in LogRecord record)
    {
        var sock = JsonRow.KeyOf(record);
        using var row = JsonRow.Of(record);
        if (row is null)
            _ = _rows.Remove(sock);
        else
            _rows[sock] = new LedgerRow(
                sock, row.Whole("SEEN"), row.Whole("PAIRS"), row.Whole("ODD") > 0, row.Moment("LAST_SEEN"), row.Text("LAST_SIGHTING"),
                row.Whole("TOTAL_PAIRS"));
        return 1;
    }

    private void See(string id, JsonRow row)
    {
        var isOpen = row.Text("PHASE") == "OPEN";
        var sighting = new Sighting(
            id, row.Text("CAMERA") ?? "", row.Text("SOCK") ?? "", isOpen, row.Moment("SEEN_FROM"), row.Moment("SEEN_TO"),
            row.Whole("FRAMES"), row.Number("CONFIDENCE"));
        if (isOpen)
        {
            _hours.Add(sighting.From, sightings: 1);
            Tell(new Happening(sighting.From, sighting.Sock, "is before the camera", IsPair: false, sighting));
            return;
        }
        for (var node = _recent.First; node is not null; node = node.Next)
        {
            if (node.Value.Sighting?.Id != id)
                continue;
            node.Value = node.Value with { Text = Shown(sighting), Sighting = sighting };
            return;
        }
    }

    private static string Shown(Sighting sighting)
    {
        var seconds = Math.Max(0, (sighting.To - sighting.From).TotalSeconds);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"was shown for {seconds:0.0} s");
    }

    private void Pair(string sock, JsonRow row)
    {
        _lastPair = new FoundPair(sock, row.Whole("PAIRS"), row.Moment("FOUND_AT"));
        _hours.Add(_lastPair.At, pairs: 1);
        Tell(new Happening(_lastPair.At, sock, "a pair!", IsPair: true, Sighting: null));
    }

    private void Answer(string id, JsonRow row)
    {
        _ = _answers.AddFirst(new CorrectionResult(id, row.IsTrue("ACCEPTED"), row.Text("REASON")));
        while (_answers.Count > MostResults)
            _answers.RemoveLast();
    }

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
