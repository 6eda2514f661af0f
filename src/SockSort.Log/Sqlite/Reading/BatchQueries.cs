using SockSort.Log.Sqlite.Batches;
using SockSort.Log.Sqlite.Storage;
using SQLitePCL;

namespace SockSort.Log.Sqlite.Reading;

/// <summary>Queries the batches of a partition.</summary>
internal static class BatchQueries
{
    // The batch that holds the first offset begins at or before it: select the last such batch and all after it.
    private const string FromOffset = """
        SELECT b.base_offset, b.body FROM batches b JOIN topics t ON t.id = b.topic
        WHERE t.name = $topic AND b.partition = $partition AND b.base_offset >= coalesce(
            (SELECT base_offset FROM batches WHERE topic = t.id AND partition = $partition AND base_offset <= $from
             ORDER BY base_offset DESC LIMIT 1), 0)
        ORDER BY b.base_offset
        """;

    // A read ends at the end of a batch beyond this size: records may have 64 MiB, and a caller that requests thousands expects small ones.
    private const long MostBytes = 16 << 20;

    /// <param name="commands">Those of the connection that is read by.</param>
    /// <param name="into">Receives the records.</param>
    /// <param name="room">The buffer for the batches' bytes; null allocates memory for each batch.</param>
    /// <returns>True if the read ended at a limit, false if it ended because there are no more records.</returns>
    public static bool Read(
        PreparedCommands commands, string topic, int partition, long fromOffset, int maxRecords, List<LogRecord> into, RecordBatch? room)
    {
        var select = commands.Get(FromOffset, ("$topic", topic), ("$partition", partition), ("$from", fromOffset));
        using var rows = select.ExecuteReader();
        var read = 0L;
        while (rows.Read())
        {
            if (into.Count >= maxRecords || read >= MostBytes)
                return true;
            var place = new BatchPlace(topic, partition, rows.GetInt64(0));
            var body = room is null ? rows.GetFieldValue<byte[]>(1) : room.Copy(raw.sqlite3_column_blob(rows.Handle!, 1));
            read += body.Length;
            BatchCodec.Decode(body, place, fromOffset, maxRecords - into.Count, into, copiesHeaders: room is not null);
        }
        return into.Count >= maxRecords;
    }
}
