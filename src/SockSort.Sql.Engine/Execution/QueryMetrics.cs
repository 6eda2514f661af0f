namespace SockSort.Sql.Engine.Execution;

/// <summary>Counters of one query; read from any thread, written by the engine's.</summary>
public sealed class QueryMetrics
{
    private long _read, _written, _skipped, _late, _missed, _ahead;

    public ExpressionErrors Expressions { get; } = new();

    /// <summary>Records read from topics.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>Rows written to the sink or sent to the client.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Records that could not be read or had no key where one is needed.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Records whose window was closed already.</summary>
    public long Late => Interlocked.Read(ref _late);

    /// <summary>Records that retention had removed from a topic before they were read.</summary>
    public long Missed => Interlocked.Read(ref _missed);

    /// <summary>Newest error with topic and offset, or null.</summary>
    public string? LastError { get; private set; }

    /// <summary>When that was, by the system's clock.</summary>
    public DateTimeOffset? LastErrorAt { get; private set; }

    /// <summary>The newest of all errors, of records and of expressions; null for none.</summary>
    public (string Text, DateTimeOffset At)? Newest
    {
        get
        {
            var (record, expression) = ((LastError, LastErrorAt), (Expressions.Last, Expressions.LastAt));
            var (text, at) = expression.LastAt > (record.LastErrorAt ?? DateTimeOffset.MinValue) ? expression : record;
            return text is null || at is null ? null : (text, at.Value);
        }
    }

    /// <summary>Why a record was last left out or missed, without anything of its content; null for never.</summary>
    internal string? LastLoss { get; private set; }

    /// <summary>How often records were read while time, by the records, was ahead of the clock.</summary>
    internal long Ahead => _ahead;

    /// <summary>Which record was ahead of the clock; null for none.</summary>
    internal string? LastAhead { get; private set; }

    internal void CountRead() => _read++;

    internal void CountWritten() => _written++;

    internal void CountLate() => _late++;

    internal void CountMissed(long records, string reason)
    {
        _missed += records;
        LastLoss = reason;
        Report(reason);
    }

    /// <param name="reason">Which record it is by; null where none of those that were just read.</param>
    internal void CountAhead(string? reason)
    {
        _ahead++;
        if (reason is null)
            return;
        LastAhead = reason;
        Report(reason);
    }

    /// <summary>Notes an error that costs no record.</summary>
    internal void Report(string error) => (LastError, LastErrorAt) = (error, DateTimeOffset.UtcNow);

    /// <param name="reason">The reason, with the record's place.</param>
    /// <param name="shown">The same without anything of the record's content; null where there is none of it in the reason.</param>
    internal void Skip(string reason, string? shown = null)
    {
        _skipped++;
        LastLoss = shown ?? reason;
        Report(reason);
    }
}
