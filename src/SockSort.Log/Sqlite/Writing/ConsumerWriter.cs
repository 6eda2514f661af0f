using Microsoft.Data.Sqlite;
using SockSort.Log.Sqlite.Storage;

namespace SockSort.Log.Sqlite.Writing;

/// <summary>
/// Stores offsets and state of consumers. Its statements are prepared once, since a query may change thousands of entries in one commit.
/// </summary>
internal sealed class ConsumerWriter : IDisposable
{
    // Without this, the length of the first value would stay bound as the parameter's size.
    private const int NoTruncation = -1;

    private readonly SqliteCommand _putOffset;
    private readonly SqliteCommand _putState;
    private readonly SqliteCommand _removeState;
    private readonly SqliteCommand _removeConsumer;

    public ConsumerWriter(SqliteConnection connection)
    {
        _putOffset = connection.Command(
            "INSERT OR REPLACE INTO consumer_offsets (consumer, topic, partition, next_offset) VALUES ($consumer, "
                + "$topic, $partition, $next)",
            ("$consumer", ""), ("$topic", ""), ("$partition", 0), ("$next", 0L));
        _putState = connection.Command("INSERT OR REPLACE INTO states (owner, key, value) VALUES ($owner, $key, $value)",
            ("$owner", ""), ("$key", Array.Empty<byte>()), ("$value", Array.Empty<byte>()));
        _removeState = connection.Command(
            "DELETE FROM states WHERE owner = $owner AND key = $key", ("$owner", ""), ("$key", Array.Empty<byte>()));
        _removeConsumer = connection.Command(
            "DELETE FROM states WHERE owner = $owner; DELETE FROM consumer_offsets WHERE consumer = $owner", ("$owner", ""));
    }

    /// <summary>Makes the following changes part of this transaction.</summary>
    public void Enter(SqliteTransaction transaction)
    {
        foreach (var command in (SqliteCommand[])[_putOffset, _putState, _removeState, _removeConsumer])
            command.Transaction = transaction;
    }

    public void Store(ConsumedOffset offset) => Run(_putOffset, offset.Consumer, offset.Topic, offset.Partition, offset.Next);

    public void Store(StateChange change)
    {
        if (change.Value is { } value)
            Run(_putState, change.Owner, change.Key, value);
        else
            Run(_removeState, change.Owner, change.Key);
    }

    public void Remove(string consumer) => Run(_removeConsumer, consumer);

    public void Dispose()
    {
        _putOffset.Dispose();
        _putState.Dispose();
        _removeState.Dispose();
        _removeConsumer.Dispose();
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
            command.Parameters[i].Size = NoTruncation;
        }
        _ = command.ExecuteNonQuery();
    }
}
