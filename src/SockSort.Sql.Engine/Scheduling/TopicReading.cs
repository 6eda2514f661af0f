using System.Runtime.InteropServices;
using SockSort.Log;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>Records read from one place of a topic, and the queries that stand there.</summary>
/// <param name="runs">The records, at least one.</param>
/// <param name="isFull">Whether more may lie behind them.</param>
internal sealed class TopicReading(
    Subscription[] subscriptions, RecordRun[] runs, bool isFull, Action<RunningQuery, Exception> fail)
{
    private RecordRun _run = runs[0];
    private int _nextRun = 1;
    private int _at = runs[0].From;
    private int _doneBefore = -runs[0].From;

    public bool IsFull => isFull;

    /// <summary>
    /// What ties it to other readings: a query that reads several topics by time, a sink that several queries write in turns.
    /// </summary>
    public IEnumerable<object> Ties =>
        subscriptions.Where(subscription => subscription.Query.Subscriptions.Count > 1).Select(object (subscription) => subscription.Query)
        .Concat(subscriptions.SelectMany(subscription => subscription.Query.Sinks));

    /// <summary>The number of records that have been processed.</summary>
    public int Done => _doneBefore + _at;

    public bool HasMore => _at < _run.To;

    public long NextTimestamp => CollectionsMarshal.AsSpan(_run.Records)[_at].TimestampMs;

    public void ProcessAll()
    {
        while (HasMore)
            ProcessNext();
    }

    public void ProcessNext()
    {
        ref readonly var record = ref CollectionsMarshal.AsSpan(_run.Records)[_at];
        // A query that shares rows here may read alone in another partition, or the other way round: all begin anew with each record.
        foreach (var subscription in subscriptions)
            subscription.Source.Reader.Shared?.Rows.Forget();
        for (var i = 0; i < subscriptions.Length; i++)
        {
            var subscription = subscriptions[i];
            if (subscription.Query.State != QueryState.Running)
                continue;
            Process(subscription, in record, _run.Rows?[i]);
            subscription.Processed(record.Offset);
            subscription.Query.Durable?.Changed();
        }
        if (++_at == _run.To && _nextRun < runs.Length)
            NextRun();
    }

    public void RecordsArrived(DateTimeOffset now)
    {
        foreach (var subscription in subscriptions)
            subscription.Query.Silence.RecordArrived(now);
    }

    /// <summary>Notes for queries with windows that time, by the records, is ahead of the clock.</summary>
    public void NoteAhead(DateTimeOffset now)
    {
        var limit = (now + RecordsAhead.Most).ToUnixTimeMilliseconds();
        foreach (var subscription in subscriptions)
        {
            if (subscription.Source.StreamTime <= limit || !subscription.Query.Built.HasWindows)
                continue;
            var metrics = subscription.Query.Built.Metrics;
            // A time that a column holds, or that an earlier run has read, has no record here.
            if (WhatIsDone().Where(record => record.TimestampMs > limit).Take(1).ToList() is [var record])
                metrics.CountAhead(RecordsAhead.Text(subscription.Topic, record.Partition, record.Offset, record.TimestampMs, now));
            else if (metrics.LastAhead is null)
                metrics.CountAhead(RecordsAhead.Text(subscription.Topic, subscription.Source.StreamTime, now));
            else
                metrics.CountAhead(reason: null);
        }
    }

    public void Report(IEngineObserver observer)
    {
        var done = WhatIsDone().ToList();
        foreach (var subscription in subscriptions)
        {
            foreach (var record in done)
                observer.Processed(subscription.Query.Id, subscription.Topic, record.Partition, record.Offset);
        }
    }

    /// <summary>Puts a record aside that a query cannot process: a query that runs for months goes on without it.</summary>
    private static void Skip(Subscription subscription, in LogRecord record, Exception error, DeadLetters letters)
    {
        subscription.Query.Built.Metrics.Skip(
            QueryErrors.RecordFailed(subscription.Topic, record.Offset, error).Problem,
            $"topic '{subscription.Topic}', offset {record.Offset}: {EngineLog.TextOf(error)}");
        letters.Put(subscription.Topic, in record, error.Message);
    }

    private IEnumerable<LogRecord> WhatIsDone() => runs.SelectMany(run => run.Records.Take(run.To).Skip(run.From)).Take(Done);

    private void NextRun()
    {
        _doneBefore += _at;
        _run = runs[_nextRun++];
        _at = _run.From;
        _doneBefore -= _at;
    }

    private void Process(Subscription subscription, in LogRecord record, PreparedRows? rows)
    {
        if (subscription.Query.Writer is { } writer)
            writer.IsSilent = record.Offset < subscription.WrittenUpTo;
        try
        {
            if (rows is null)
                subscription.Source.Process(in record);
            else
                subscription.Source.Process(in record, rows, _at);
        }
        catch (Exception error) when (RunningQuery.IsItsOwn(error))
        {
            if (subscription.Query.DeadLetters is { } letters)
                Skip(subscription, in record, error, letters);
            else
                fail(subscription.Query, QueryErrors.RecordFailed(subscription.Topic, record.Offset, error));
        }
    }
}
