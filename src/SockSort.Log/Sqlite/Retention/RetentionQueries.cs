using Microsoft.Data.Sqlite;
using SockSort.Log.Sqlite.Batches;
using SockSort.Log.Sqlite.Storage;

namespace SockSort.Log.Sqlite.Retention;

/// <summary>The SQL statements of retention.</summary>
internal static class RetentionQueries
{
    public static void Set(SqliteConnection connection, long topic, TopicRetention retention) => connection.Execute(
        "UPDATE topics SET retention_ms = $ms, retention_bytes = $bytes WHERE id = $topic",
        ("$ms", Ms(retention) ?? (object)DBNull.Value), ("$bytes", retention.Bytes ?? (object)DBNull.Value), ("$topic", topic));

    public static TopicRetention Read(SqliteDataReader row, int firstColumn)
    {
        TimeSpan? time = row.IsDBNull(firstColumn) ? null : TimeSpan.FromMilliseconds(row.GetInt64(firstColumn));
        long? bytes = row.IsDBNull(firstColumn + 1) ? null : row.GetInt64(firstColumn + 1);
        return time is null && bytes is null ? TopicRetention.Everything : new(time, bytes);
    }

    public static long LengthBytes(SqliteConnection connection, long topic, int partition) => connection.Scalar(
        "SELECT sum(length(body)) FROM batches WHERE topic = $topic AND partition = $partition", ("$topic", topic),
        ("$partition", partition));

    /// <summary>The oldest batches of a partition, without the newest one, which always stays.</summary>
    public static List<OldBatch> Oldest(SqliteConnection connection, long topic, int partition, int most)
    {
        using var select = connection.Command(
            """
            SELECT id, base_offset, count, newest, length(body) FROM batches
            WHERE topic = $topic AND partition = $partition AND base_offset <
                (SELECT max(base_offset) FROM batches WHERE topic = $topic AND partition = $partition)
            ORDER BY base_offset LIMIT $most
            """, ("$topic", topic), ("$partition", partition), ("$most", most));
        using var rows = select.ExecuteReader();
        var batches = new List<OldBatch>();
        while (rows.Read())
            batches.Add(
                new(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.IsDBNull(3) ? null : rows.GetInt64(3), rows.GetInt64(4)));
        return batches;
    }

    /// <summary>The newest timestamp in a batch that a version wrote which did not store it beside the batch.</summary>
    public static long NewestOf(SqliteConnection connection, long id, BatchPlace place)
    {
        using var select = connection.Command("SELECT body FROM batches WHERE id = $id", ("$id", id));
        var records = new List<LogRecord>();
        BatchCodec.Decode((byte[])select.ExecuteScalar()!, place, 0, int.MaxValue, records);
        return records.Max(record => record.TimestampMs);
    }

    public static void RemoveBefore(SqliteConnection connection, long topic, int partition, long offset) => connection.Execute(
        "DELETE FROM batches WHERE topic = $topic AND partition = $partition AND base_offset < $offset",
        ("$topic", topic), ("$partition", partition), ("$offset", offset));

    private static long? Ms(TopicRetention retention) => retention.Time is { } time ? (long)time.TotalMilliseconds : null;

    /// <param name="NewestMs">The newest timestamp of its records; null if it is not stored beside the batch.</param>
    internal readonly record struct OldBatch(long Id, long BaseOffset, long Count, long? NewestMs, long LengthBytes);
}
