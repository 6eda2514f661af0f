using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Queries;

namespace SockSort.Sql.Engine.Results;

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
