using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Results;

/// <summary>What exists at one moment.</summary>
public sealed record EngineSnapshot(IReadOnlyList<DataSource> Sources, IReadOnlyList<QueryInfo> Queries)
{
    /// <summary>The types made by <c>CREATE TYPE</c>, by name.</summary>
    public required IReadOnlyDictionary<string, SqlType> Types { get; init; }

    /// <summary>The topics of the log. Read when asked for, since that goes through the log.</summary>
    public required Lazy<IReadOnlyList<TopicInfo>> Topics { get; init; }

    /// <summary>Why nothing can be stored or read at the moment; null where all is well.</summary>
    public StorageTrouble? Trouble { get; init; }

    /// <summary>The number of queries that read a topic: each is a group of one consumer.</summary>
    public int Readers(string topic) => Queries.Count(query => query.Topics.Contains(topic));

    /// <summary>Finds a stream or table by its exact name; null where there is none.</summary>
    public DataSource? Source(string name) => Sources.Append(ProcessingLog.Source).FirstOrDefault(source => source.Name == name);
}
