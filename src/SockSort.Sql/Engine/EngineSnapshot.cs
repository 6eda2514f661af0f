using SockSort.Sql.Catalog;
using SockSort.Sql.Execution;
using SockSort.Sql.Topics;

namespace SockSort.Sql.Engine;

/// <summary>A query as others see it.</summary>
/// <param name="Sql">The statement that started it.</param>
/// <param name="Sink">The stream or table that it writes; null for a push query.</param>
/// <param name="Sources">Streams and tables that it reads.</param>
/// <param name="Metrics">Go on counting.</param>
/// <param name="StateBytes">What its operators hold, estimated.</param>
public sealed record QueryInfo(
    string Id, string Sql, string? Sink, QueryState State, IReadOnlyList<string> Sources, QueryMetrics Metrics, long StateBytes)
{
    /// <summary>Records in its topics that it has not read yet. Looked up when asked for: it takes a read of each topic.</summary>
    public required Func<long> Lag { get; init; }

    /// <summary>Newest error with its place, or what keeps the query from going on; null for none.</summary>
    public string? LastError { get; init; }

    /// <summary>When that was; null for none.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>When it is tried again; null where it runs, or has ended for good.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}

/// <summary>What exists at one moment.</summary>
public sealed record EngineSnapshot(IReadOnlyList<DataSource> Sources, IReadOnlyList<QueryInfo> Queries)
{
    /// <summary>Read when asked for: it takes a walk over the log.</summary>
    public required Lazy<IReadOnlyList<TopicInfo>> Topics { get; init; }

    /// <summary>Why nothing can be stored or read at the moment; null where all is well.</summary>
    public StorageTrouble? Trouble { get; init; }

    /// <summary>Null where there is none of that very name.</summary>
    public DataSource? Source(string name) => Sources.FirstOrDefault(source => source.Name == name);

    internal static EngineSnapshot Of(EngineCore core) => new(
        [.. core.Meta.Sources],
        [.. core.Pump.Queries.Select(query => InfoOf(core, query))])
    {
        Topics = new(core.Topics.List),
        Trouble = core.Pump.Trouble,
    };

    private static QueryInfo InfoOf(EngineCore core, RunningQuery query)
    {
        // A query that fails gives its places up; whoever asks later than that still has these.
        Subscription[] places = [.. query.Subscriptions];
        var metrics = query.Built.Metrics;
        return new QueryInfo(
            query.Id, query.Sql, query.Sink, core.StateOf(query),
            [.. query.Plan.Sources.Select(used => used.Source.Name).Distinct()], metrics, query.Built.StateBytes)
        {
            LastError = metrics.Newest?.Text,
            LastErrorAt = metrics.Newest?.At,
            RetryAt = query.State == QueryState.Running ? core.Pump.Trouble?.RetryAt : null,
            Lag = () => core.LagOf(places),
        };
    }
}
