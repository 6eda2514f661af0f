using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Queries;

namespace SockSort.Sql.Engine.Results;

/// <summary>What the engine tells others of a query.</summary>
/// <param name="Sql">The statement that started it.</param>
/// <param name="Sink">The stream or table that it writes; null for a push query.</param>
/// <param name="Sources">Streams and tables that it reads.</param>
/// <param name="Metrics">The query's counters, which go on counting.</param>
/// <param name="StateBytes">Rough bytes of state of its operators.</param>
public sealed record QueryInfo(
    string Id, string Sql, string? Sink, QueryState State, IReadOnlyList<string> Sources, QueryMetrics Metrics, long StateBytes)
{
    /// <summary><c>PERSISTENT</c> or <c>PUSH</c>.</summary>
    public string Kind => Sink is null ? "PUSH" : "PERSISTENT";

    /// <summary>Counts the records in its topics that it has not read yet. Called only when wanted: it reads from each topic.</summary>
    public required Func<long> Lag { get; init; }

    /// <summary>Reads its place in each partition. Called only when wanted, as <see cref="Lag"/>.</summary>
    public required Func<IReadOnlyList<ReadPlace>> Places { get; init; }

    /// <summary>Topics that it reads.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Writes its plan as EXPLAIN shows it.</summary>
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
