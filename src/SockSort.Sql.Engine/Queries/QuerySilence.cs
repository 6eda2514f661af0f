namespace SockSort.Sql.Engine.Queries;

/// <summary>Since when a query has had nothing to read: with the wall clock its stream time goes on by that much.</summary>
/// <remarks>Records that wait are no silence, however long it takes to come to them.</remarks>
internal sealed class QuerySilence
{
    private bool _isCaughtUp;

    // By the wall clock; null before the first record.
    private DateTimeOffset? _lastRecordAt;

    /// <summary>A round of reading begins: what can read has caught up, unless the round finds something.</summary>
    public void RoundBegins(bool canRead) => _isCaughtUp = canRead;

    /// <summary>Records are there that this round leaves to a later one.</summary>
    public void RecordsWait() => _isCaughtUp = false;

    public void RecordArrived(DateTimeOffset now) => (_lastRecordAt, _isCaughtUp) = (now, false);

    /// <summary>The query is brought back from an earlier run, and nobody knows when its last record came.</summary>
    public void BeginAt(DateTimeOffset now) => _lastRecordAt = now;

    /// <summary>Nothing could be read until now; a silence that had begun begins again.</summary>
    public void RestartAt(DateTimeOffset now)
    {
        if (_lastRecordAt is not null)
            _lastRecordAt = now;
    }

    /// <summary>How long the query has had nothing to read; null where records wait, or none has come yet.</summary>
    public TimeSpan? LengthAt(DateTimeOffset now) => _isCaughtUp && _lastRecordAt is { } last ? now - last : null;
}
