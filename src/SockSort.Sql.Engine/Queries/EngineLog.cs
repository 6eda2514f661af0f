using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SockSort.Log;
using SockSort.Shared;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Queries;

/// <summary>Logs what becomes of queries, and that the log can't be written or read.</summary>
/// <remarks>
/// An error's text may repeat a value of a record, and a log is read by others than the records are: of errors that no
/// statement of this program worded, only the type is logged.
/// </remarks>
internal sealed class EngineLog(ILogger log, TimeProvider clock)
{
    // Records that a query has left out or missed, as far as they were logged.
    private readonly ConditionalWeakTable<RunningQuery, GrowingCount> _losses = [];

    // The same of time that is ahead of the clock.
    private readonly ConditionalWeakTable<RunningQuery, GrowingCount> _ahead = [];

    public void Created(RunningQuery query)
    {
        log.QueryCreated(query.Id, query.Sink);
        LogNote(query);
    }

    public void Restored(RunningQuery query)
    {
        log.QueryRestored(query.Id, query.Sink);
        LogNote(query);
    }

    public void Controlled(RunningQuery query)
    {
        if (query.State == QueryState.Paused)
            log.QueryPaused(query.Id);
        else
            log.QueryResumed(query.Id);
    }

    public void Ended(RunningQuery query) => log.QueryEnded(query.Id);

    public void Failed(RunningQuery query, Exception error)
    {
        if (query.Sink is null)
            log.ClientQueryEnded(query.Id, TextOf(error));
        else
            log.QueryFailed(query.Id, TextOf(error));
    }

    /// <summary>
    /// Logs records that queries have left out or missed, and time ahead of the clock, which makes others late: at once, then once a minute
    /// while it goes on.
    /// </summary>
    public void LogLosses(IReadOnlyList<RunningQuery> queries)
    {
        foreach (var query in queries)
        {
            var metrics = query.Built.Metrics;
            if (query.Sink is null || query.State == QueryState.Error)
                continue;
            if (IsNews(_losses, query, metrics.Skipped + metrics.Missed))
                log.RecordsSkipped(query.Id, metrics.LastLoss, metrics.Skipped, metrics.Missed);
            if (IsNews(_ahead, query, metrics.Ahead))
                log.TimeAhead(query.Id, metrics.LastAhead, metrics.Late);
        }
    }

    public void PartitionsGiven(IReadOnlyList<int> partitions) => log.PartitionsGiven(string.Join(", ", partitions));

    public void PartitionsGone(IReadOnlyList<int> partitions) => log.PartitionsGone(string.Join(", ", partitions));

    public void NotFollowed(string problem) => log.StatementNotFollowed(problem);

    public void StorageLost(string problem) => log.StorageLost(problem);

    public void StorageBack() => log.StorageBack();

    public void EngineFailed(Exception error) => log.EngineFailed(error.GetType().Name, error.StackTrace);

    /// <summary>Describes an error without anything of a record's content.</summary>
    public static string TextOf(Exception error) => error switch
    {
        RecordException record => record.Shown,
        LogException or SqlException { InnerException: null } => error.Message.Split('\n')[0],
        SqlException { InnerException: { } inner } sql => $"{TextOf(inner)} [{sql.Code}]",
        _ => $"it can't be worked on ({error.GetType().Name})",
    };

    private bool IsNews(ConditionalWeakTable<RunningQuery, GrowingCount> logged, RunningQuery query, long count) =>
        count > 0 && logged.GetValue(query, _ => new(clock)).IsNews(count);

    private void LogNote(RunningQuery query)
    {
        if (query.Note is { } note)
            log.QueryRebuilt(query.Id, note);
    }
}
