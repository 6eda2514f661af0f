using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Printing;

namespace SockSort.Sql.Engine.Statements;

/// <summary>Says what exists at one moment; under the engine's lock.</summary>
internal static class SnapshotMaker
{
    public static EngineSnapshot Of(EngineCore core) => new(
        [.. core.Meta.Sources],
        [.. core.Queries.Select(query => InfoOf(core, query))])
    {
        Types = core.Meta.Types.ToDictionary(),
        Topics = new(core.Log.Topics),
        // Others write the log as well, when no query has anything to store.
        Trouble = core.Scheduler.Trouble
            ?? (core.Log.Problem is { } problem ? new StorageTrouble(problem, core.Options.Time.GetUtcNow()) : null),
    };

    private static QueryInfo InfoOf(EngineCore core, RunningQuery query)
    {
        // A query that fails gives its places up; whoever asks later than that still has these.
        Subscription[] places = [.. query.AllPlaces()];
        var metrics = query.Built.Metrics;
        return new QueryInfo(
            query.Id, query.Sql, query.Sink, core.StateOf(query),
            [.. query.Plan.Sources.Select(used => used.Source.Name).Distinct()], metrics, query.StateBytes)
        {
            LastError = metrics.Newest?.Text,
            LastErrorAt = metrics.Newest?.At,
            RetryAt = query.State == QueryState.Running ? core.Scheduler.Trouble?.RetryAt : null,
            Lag = () => core.LagOf(places),
            Places = () => [.. places.Select(place => new ReadPlace(
                place.Topic, place.Partition, core.Log.FirstOffset(place.Topic, place.Partition),
                core.Log.EndOffset(place.Topic, place.Partition), place.Next))],
            Topics = [.. places.Select(place => place.Topic).Distinct()],
            Plan = () => PlanText.Of(query.Plan),
        };
    }
}
