using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace SockSort.Log.Kafka.Writing;

/// <summary>Turns a record into what the client library takes.</summary>
internal static class KafkaRecord
{
    // A message's own header in a batch and that of the batch, and some room.
    private const int Overhead = 512;

    /// <summary>The largest <see cref="NewRecord.LengthBytes"/> that fits into a message of so many bytes.</summary>
    public static long MostRecordBytes(long mostMessageBytes) => Math.Min(NewRecord.MostBytes, mostMessageBytes - Overhead);

    public static Message<byte[]?, byte[]?> Of(in NewRecord record, long nowMs)
    {
        // To the library a time of 0 means now, so that the first millisecond of 1970 is stored as the second.
        var timestampMs = Math.Max(1, record.TimestampMs ?? nowMs);
        return new()
        {
            Key = Bytes(record.Key),
            Value = Bytes(record.Value),
            Timestamp = new Timestamp(timestampMs, TimestampType.CreateTime),
            Headers = Headers(record.Headers),
        };
    }

    private static byte[]? Bytes(ReadOnlyMemory<byte>? memory)
    {
        if (memory is not { } bytes)
            return null;
        var isWhole = MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Count == segment.Array!.Length;
        return isWhole ? segment.Array : bytes.ToArray();
    }

    private static Headers? Headers(IReadOnlyList<RecordHeader> headers)
    {
        if (headers.Count == 0)
            return null;
        var all = new Headers();
        foreach (var header in headers)
            all.Add(header.Name, Bytes(header.Value));
        return all;
    }
}
