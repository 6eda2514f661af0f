using System.Runtime.InteropServices;
using SockSort.Log;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>Records read from one place of a topic, and the queries that stand there.</summary>
/// <param name="shared">What reads rows for several of the queries.</param>
internal sealed class TopicReading(
    Subscription[] subscriptions, SharedRows[] shared, List<LogRecord> records, bool isFull, Action<RunningQuery, Exception> fail)
{
    private int _at;

    public bool IsFull => isFull;

    /// <summary>
    /// What ties it to other readings: a query that reads several topics by time, a sink that several queries write in turns.
    /// </summary>
    public IEnumerable<object> Ties =>
        subscriptions.Where(subscription => subscription.Query.Subscriptions.Count > 1).Select(object (subscription) => subscription.Query)
        .Concat(subscriptions.SelectMany(subscription => subscription.Query.Sinks));

    /// <summary>The number of records that have been processed.</summary>
    public int Done => _at;

    public bool HasMore => _at < records.Count;

    public long NextTimestamp => CollectionsMarshal.AsSpan(records)[_at].TimestampMs;

    public void ProcessAll()
    {
        while (_at < records.Count)
            ProcessNext();
    }

    public void ProcessNext()
    {
        ref readonly var record = ref CollectionsMarshal.AsSpan(records)[_at++];
        foreach (var rows in shared)
            rows.Forget();
        foreach (var subscription in subscriptions)
        {
            if (subscription.Query.State != QueryState.Running)
                continue;
            Process(subscription, in record);
            subscription.Processed(record.Offset);
            subscription.Query.Durable?.Changed();
        }
    }

    public void RecordsArrived(DateTimeOffset now)
    {
        foreach (var subscription in subscriptions)
            subscription.Query.Silence.RecordArrived(now);
    }

    public void Report(IEngineObserver observer)
    {
        foreach (var subscription in subscriptions)
        {
            for (var i = 0; i < _at; i++)
                observer.Processed(subscription.Query.Id, subscription.Topic, records[i].Partition, records[i].Offset);
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

    private void Process(Subscription subscription, in LogRecord record)
    {
        if (subscription.Query.Writer is { } writer)
            writer.IsSilent = record.Offset < subscription.WrittenUpTo;
        try
        {
            subscription.Source.Process(in record);
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
