using Microsoft.Extensions.Logging;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Connectors;
using SockSort.Sql.Functions;

namespace SockSort.Sql.Engine.Settings;

public enum SqlClock
{
    /// <summary>Records alone move time on: replay and conformance, the same result at any speed.</summary>
    Stream,

    /// <summary>Windows also close when the stream is silent: time goes on with the wall clock since the last record.</summary>
    Wall,
}

/// <summary>Settings of an engine.</summary>
public sealed record SqlEngineOptions
{
    /// <summary>The most threads that may work on queries.</summary>
    public const int MostThreads = 64;

    /// <summary>
    /// Whether persistent queries keep offsets and state beside what they write, and go on there after a restart. Else they begin where
    /// <c>auto.offset.reset</c> says each time.
    /// </summary>
    public bool KeepsState { get; init; }

    /// <summary>
    /// Whether queries and statements write into the first partition only, so that the order of all records of a topic is seen: for tests
    /// of scripts, as in Kafka Streams' test driver. Default: false; each record goes where its key says.
    /// </summary>
    public bool KeepsOneOrder { get; init; }

    /// <summary>
    /// How many threads work on queries: the engine's own, and others that read topics ahead for it. What queries write does not depend on
    /// it. 1 to <see cref="MostThreads"/>; default: 1.
    /// </summary>
    public int Threads { get; init; } = 1;

    /// <summary>The most records that a round reads of one place. Smaller in tests, where few records are to fill many batches.</summary>
    internal int BatchSize { get; init; } = 5000;

    /// <summary>What moves time on. Default: <see cref="SqlClock.Wall"/>.</summary>
    public SqlClock Clock { get; init; } = SqlClock.Wall;

    /// <summary>Runs connectors; where it is null, statements about them fail with a message.</summary>
    public IConnectors? Connectors { get; init; }

    public IEngineObserver? Observer { get; init; }

    /// <summary>Makes the logger of the engine's events: docs/reference/logging.md. Default: null, which logs nothing.</summary>
    public ILoggerFactory? Loggers { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public FunctionRegistry Functions { get; init; } = FunctionRegistry.BuiltIn;

    /// <summary>
    /// Most bytes that the state of all queries and what pull queries hold may take together, roughly counted; beyond, what pull queries
    /// hold goes, then the largest query ends with an error. Default: 70 % of the memory that the process may use.
    /// </summary>
    public long MaxStateBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 10 * 7;

    /// <summary>
    /// How long a push query's client may leave its buffer of <see cref="PushQuery.MaxWaiting"/> rows more than half full once it was full,
    /// before the query ends with an error. Default: a minute.
    /// </summary>
    public TimeSpan PushPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a pull query may wait for those before it, and how long it may read, before it ends with an error. Default: 10 s.
    /// </summary>
    public TimeSpan PullPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a stream over an absent topic makes it (with a note) or is an error, as in ksqlDB without PARTITIONS. Default: true.
    /// </summary>
    public bool MakesTopics { get; init; } = true;
}
