using Microsoft.Data.Sqlite;
using SockSort.Log.Sqlite.Storage;

namespace SockSort.Log.Sqlite.Reading;

/// <summary>Queries committed offsets and the state of consumers.</summary>
internal static class ConsumerQueries
{
    public static long? Offset(SqliteConnection connection, string consumer, string topic, int partition)
    {
        using var select = connection.Command(
            "SELECT next_offset FROM consumer_offsets WHERE consumer = $consumer AND topic = $topic AND partition = $partition",
            ("$consumer", consumer), ("$topic", topic), ("$partition", partition));
        return select.ExecuteScalar() as long?;
    }

    public static byte[]? FindState(SqliteConnection connection, string owner, byte[] key)
    {
        using var select = connection.Command(
            "SELECT value FROM states WHERE owner = $owner AND key = $key", ("$owner", owner), ("$key", key));
        return select.ExecuteScalar() as byte[];
    }

    public static List<KeyValuePair<byte[], byte[]>> States(SqliteConnection connection, string owner)
    {
        using var select = connection.Command("SELECT key, value FROM states WHERE owner = $owner ORDER BY key", ("$owner", owner));
        using var rows = select.ExecuteReader();
        var states = new List<KeyValuePair<byte[], byte[]>>();
        while (rows.Read())
            states.Add(new(rows.GetFieldValue<byte[]>(0), rows.GetFieldValue<byte[]>(1)));
        return states;
    }
}
