using Microsoft.Data.Sqlite;

namespace SockSort.Log;

/// <summary>Finds and reads batches.</summary>
internal static class BatchQueries
{
    // The batch that holds the wanted offset begins at or before it: the last such one, then all after it.
    private const string FromOffset = """
        SELECT b.base_offset, b.body FROM batches b JOIN topics t ON t.id = b.topic
        WHERE t.name = $topic AND b.partition = $partition AND b.base_offset >= coalesce(
            (SELECT base_offset FROM batches WHERE topic = t.id AND partition = $partition AND base_offset <= $from
             ORDER BY base_offset DESC LIMIT 1), 0)
        ORDER BY b.base_offset
        """;

    public static List<T> Read<T>(SqliteConnection connection, string topic, int partition, long fromOffset, int maxRecords, RecordMaker<T> make)
    {
        using var select = connection.Command(FromOffset, ("$topic", topic), ("$partition", partition), ("$from", fromOffset));
        using var rows = select.ExecuteReader();
        var records = new List<T>();
        while (records.Count < maxRecords && rows.Read())
        {
            var place = new BatchPlace(topic, partition, rows.GetInt64(0));
            BatchCodec.Decode(rows.GetFieldValue<byte[]>(1), place, fromOffset, maxRecords - records.Count, records, make);
        }
        return records;
    }
}
