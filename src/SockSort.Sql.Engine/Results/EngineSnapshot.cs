using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Execution;
using SockSort.Sql.Types;

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
    /// <summary><c>PERSISTENT</c> or <c>PUSH</c>.</summary>
    public string Kind => Sink is null ? "PUSH" : "PERSISTENT";

    /// <summary>Records in its topics that it has not read yet. Looked up when asked for: it takes a read of each topic.</summary>
    public required Func<long> Lag { get; init; }

    /// <summary>Where it reads, and up to where it has. Looked up when asked for, as <see cref="Lag"/>.</summary>
    public required Func<IReadOnlyList<ReadPlace>> Places { get; init; }

    /// <summary>Topics that it reads.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>How it is worked out, as EXPLAIN shows it.</summary>
    public required Func<string> Plan { get; init; }

    /// <summary>Newest error with its place, or what keeps the query from going on; null for none.</summary>
    public string? LastError { get; init; }

    /// <summary>When that was; null for none.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>When it is tried again; null where it runs, or has ended for good.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}

/// <param name="Begin">Offset of the oldest record that is there.</param>
/// <param name="End">Offset that the next record will get.</param>
/// <param name="Next">Offset of the next record that the query reads.</param>
public sealed record ReadPlace(string Topic, int Partition, long Begin, long End, long Next);

/// <summary>What exists at one moment.</summary>
public sealed record EngineSnapshot(IReadOnlyList<DataSource> Sources, IReadOnlyList<QueryInfo> Queries)
{
    /// <summary>Types that have been given a name.</summary>
    public required IReadOnlyDictionary<string, SqlType> Types { get; init; }

    /// <summary>Read when asked for: it takes a walk over the log.</summary>
    public required Lazy<IReadOnlyList<TopicInfo>> Topics { get; init; }

    /// <summary>Why nothing can be stored or read at the moment; null where all is well.</summary>
    public StorageTrouble? Trouble { get; init; }

    /// <summary>Queries that read a topic: each is a group of one consumer.</summary>
    public int Readers(string topic) => Queries.Count(query => query.Topics.Contains(topic));

    /// <summary>Null where there is none of that very name.</summary>
    public DataSource? Source(string name) => Sources.Append(ProcessingLog.Source).FirstOrDefault(source => source.Name == name);

    internal static EngineSnapshot Of(EngineCore core) => new(
        [.. core.Meta.Sources],
        [.. core.Pump.Queries.Select(query => InfoOf(core, query))])
    {
        Types = core.Meta.Types.ToDictionary(),
        Topics = new(core.Log.Topics),
        // Others write the log as well, when no query has anything to store.
        Trouble = core.Pump.Trouble
            ?? (core.Log.Problem is { } problem ? new StorageTrouble(problem, core.Options.Time.GetUtcNow()) : null),
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
            Places = () => [.. places.Select(place => new ReadPlace(
                place.Topic, place.Partition, core.Log.FirstOffset(place.Topic, place.Partition),
                core.Log.EndOffset(place.Topic, place.Partition), place.Next))],
            Topics = [.. places.Select(place => place.Topic).Distinct()],
            Plan = () => PlanText.Of(query.Plan),
        };
    }
}
