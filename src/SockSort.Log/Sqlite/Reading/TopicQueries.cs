using Microsoft.Data.Sqlite;
using SockSort.Log.Sqlite.Retention;
using SockSort.Log.Sqlite.Storage;

namespace SockSort.Log.Sqlite.Reading;

/// <summary>Queries topics, partitions and their offsets.</summary>
internal static class TopicQueries
{
    private const string End = """
        SELECT b.base_offset + b.count FROM batches b JOIN topics t ON t.id = b.topic
        WHERE t.name = $topic AND b.partition = $partition ORDER BY b.base_offset DESC LIMIT 1
        """;

    public static List<TopicInfo> All(SqliteConnection connection) => Select(connection, "", []);

    public static TopicInfo? Find(SqliteConnection connection, string topic) =>
        Select(connection, "WHERE name = $topic", ("$topic", topic)).SingleOrDefault();

    /// <summary>The partitions of a topic; null if there is no such topic.</summary>
    public static List<PartitionInfo>? PartitionsOf(SqliteConnection connection, string topic)
    {
        using var select = connection.Command("SELECT id, partitions FROM topics WHERE name = $topic", ("$topic", topic));
        using var rows = select.ExecuteReader();
        if (!rows.Read())
            return null;
        var id = rows.GetInt64(0);
        return [.. Enumerable.Range(0, rows.GetInt32(1)).Select(partition => Partition(connection, id, partition))];
    }

    public static long EndOffset(PreparedCommands commands, string topic, int partition) =>
        commands.Get(End, ("$topic", topic), ("$partition", partition)).ExecuteScalar() as long? ?? 0;

    public static long FirstOffset(SqliteConnection connection, string topic, int partition) => connection.Scalar(
        """
        SELECT b.base_offset FROM batches b JOIN topics t ON t.id = b.topic
        WHERE t.name = $topic AND b.partition = $partition ORDER BY b.base_offset LIMIT 1
        """, ("$topic", topic), ("$partition", partition));

    private static List<TopicInfo> Select(SqliteConnection connection, string where, params ReadOnlySpan<(string, object)> parameters)
    {
        // A log of version 1 that was not written since has no retention columns.
        var retention = connection.Scalar("PRAGMA user_version") > 1 ? "retention_ms, retention_bytes" : "NULL, NULL";
        using var select = connection.Command($"SELECT name, partitions, {retention} FROM topics {where} ORDER BY name", parameters);
        using var rows = select.ExecuteReader();
        var topics = new List<TopicInfo>();
        while (rows.Read())
            topics.Add(new TopicInfo(rows.GetString(0), rows.GetInt32(1)) { Retention = RetentionQueries.Read(rows, firstColumn: 2) });
        return topics;
    }

    private static PartitionInfo Partition(SqliteConnection connection, long topic, int partition)
    {
        using var select = connection.Command(
            """
            SELECT coalesce(min(base_offset), 0), coalesce(max(base_offset + count), 0), coalesce(sum(length(body)), 0)
            FROM batches WHERE topic = $topic AND partition = $partition
            """, ("$topic", topic), ("$partition", partition));
        using var rows = select.ExecuteReader();
        _ = rows.Read();
        return new PartitionInfo(partition, rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2));
    }
}
