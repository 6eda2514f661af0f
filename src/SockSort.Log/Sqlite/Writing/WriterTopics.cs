using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using SockSort.Log.Sqlite.Retention;
using SockSort.Log.Sqlite.Storage;

namespace SockSort.Log.Sqlite.Writing;

/// <summary>The writer's cache of the topics: their ids and the next offset of each partition.</summary>
internal sealed class WriterTopics(SqliteConnection connection)
{
    private readonly Dictionary<string, Topic> _byName = [];

    // Replaced as a whole, so that any thread may look into it.
    private volatile ImmutableDictionary<string, int> _partitions = ImmutableDictionary<string, int>.Empty;

    internal sealed class Topic(long id, string name, int partitions)
    {
        public long Id { get; } = id;

        public string Name { get; } = name;

        public TopicRetention Retention { get; set; } = TopicRetention.Everything;

        /// <summary>The stored size of each partition in bytes; null if it was not counted yet.</summary>
        public long[]? LengthBytes { get; set; }

        /// <summary>The offset of the next record of each partition.</summary>
        public long[] NextOffsets { get; } = new long[partitions];
    }

    public IEnumerable<Topic> All => _byName.Values;

    public Topic? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The number of a topic's partitions; null if there is no such topic. Thread-safe.</summary>
    public int? PartitionCountOf(string name) => _partitions.TryGetValue(name, out var partitions) ? partitions : null;

    /// <summary>Stores a new topic within the open transaction.</summary>
    public Topic Create(string name, int partitions)
    {
        using var insert = connection.Command("INSERT INTO topics (name, partitions) VALUES ($name, $partitions) RETURNING id",
            ("$name", name), ("$partitions", partitions));
        var topic = new Topic((long)insert.ExecuteScalar()!, name, partitions);
        _byName.Add(name, topic);
        _partitions = _partitions.SetItem(name, partitions);
        return topic;
    }

    /// <summary>Removes a topic with its records and committed offsets within the open transaction.</summary>
    public void Remove(Topic topic)
    {
        _ = _byName.Remove(topic.Name);
        _partitions = _partitions.Remove(topic.Name);
        _ = connection.Execute("DELETE FROM batches WHERE topic = $topic", ("$topic", topic.Id));
        _ = connection.Execute("DELETE FROM topics WHERE id = $topic", ("$topic", topic.Id));
        _ = connection.Execute("DELETE FROM consumer_offsets WHERE topic = $name", ("$name", topic.Name));
    }

    /// <summary>Loads everything from the file, at the start and after a rolled-back transaction.</summary>
    public void Load()
    {
        _byName.Clear();
        using var select = connection.Command("SELECT id, name, partitions FROM topics");
        using var rows = select.ExecuteReader();
        while (rows.Read())
            _byName.Add(rows.GetString(1), new Topic(rows.GetInt64(0), rows.GetString(1), rows.GetInt32(2)));
        foreach (var topic in _byName.Values)
            LoadOffsets(topic);
        LoadRetentions();
        _partitions = _byName.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.NextOffsets.Length);
    }

    /// <summary>Stores a topic's retention within the open transaction.</summary>
    public void SetRetention(Topic topic, TopicRetention retention)
    {
        RetentionQueries.Set(connection, topic.Id, retention);
        topic.Retention = retention;
    }

    public void LoadRetentions()
    {
        using var select = connection.Command("SELECT name, retention_ms, retention_bytes FROM topics");
        using var rows = select.ExecuteReader();
        while (rows.Read())
        {
            if (_byName.TryGetValue(rows.GetString(0), out var topic))
                topic.Retention = RetentionQueries.Read(rows, firstColumn: 1);
        }
    }

    private void LoadOffsets(Topic topic)
    {
        for (var partition = 0; partition < topic.NextOffsets.Length; partition++)
        {
            topic.NextOffsets[partition] = connection.Scalar(
                "SELECT base_offset + count FROM batches WHERE topic = $topic AND partition = $partition ORDER BY base_offset DESC LIMIT 1",
                ("$topic", topic.Id), ("$partition", partition));
        }
    }
}
