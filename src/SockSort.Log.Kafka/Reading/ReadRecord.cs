using Confluent.Kafka;

namespace SockSort.Log.Kafka.Reading;

/// <summary>Turns what the client library reads into a record of the log.</summary>
internal static class ReadRecord
{
    public static LogRecord Of(ConsumeResult<byte[]?, byte[]?> read)
    {
        var message = read.Message;
        return new LogRecord(
            read.Partition.Value, read.Offset.Value, message.Timestamp.UnixTimestampMs,
            NewRecord.Memory(message.Key), NewRecord.Memory(message.Value), Headers(message.Headers));
    }

    private static IReadOnlyList<RecordHeader> Headers(Headers? headers)
    {
        if (headers is not { Count: > 0 })
            return RecordHeader.None;
        return [.. headers.Select(header => new RecordHeader(header.Key, NewRecord.Memory(header.GetValueBytes())))];
    }
}
