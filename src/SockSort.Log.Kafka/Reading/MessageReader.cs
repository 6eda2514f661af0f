using System.Runtime.InteropServices;
using Confluent.Kafka;
using SockSort.Log.Kafka.Clients;
using NativeMessage = SockSort.Log.Kafka.Clients.Librdkafka.NativeMessage;

namespace SockSort.Log.Kafka.Reading;

/// <summary>Takes what a consumer has fetched, many messages in one call, and copies their bytes together. For one thread.</summary>
/// <param name="consumer">Must be there for as long as this is, and is polled by nobody else.</param>
internal sealed unsafe class MessageReader(IClient consumer) : IDisposable
{
    private const int MostMessages = 1000;

    // Larger ones have an array of their own, so that none keeps the others' memory.
    private const int LargeBytes = 16 << 10;

    private readonly nint _queue = Librdkafka.ConsumerQueue(Librdkafka.HandleOf(consumer));
    private readonly nint[] _taken = new nint[MostMessages];

    private nint _topic;
    private TopicPartition? _place;
    private byte[] _bytes = [];
    private int _used;

    /// <summary>Takes what is there; where there is nothing, waits for the first message.</summary>
    /// <param name="wait">The longest wait; none where it is zero.</param>
    /// <param name="into">Receives the messages in place of what it held. Their memory is theirs for good.</param>
    public void Read(TimeSpan wait, List<FetchedMessage> into)
    {
        into.Clear();
        // The wait is for a full array, so that only one message is waited for.
        var most = wait > TimeSpan.Zero ? 1 : MostMessages;
        var count = (int)Librdkafka.ConsumeBatch(_queue, (int)wait.TotalMilliseconds, _taken, (nuint)most);
        if (count <= 0)
            return;
        // A topic's handle may be another's in the next batch.
        (_topic, _place) = (0, null);
        (_bytes, _used) = (new byte[SmallBytes(_taken.AsSpan(0, count))], 0);
        foreach (var message in _taken.AsSpan(0, count))
        {
            into.Add(Message(message));
            Librdkafka.DestroyMessage(message);
        }
    }

    public void Dispose() => Librdkafka.DestroyQueue(_queue);

    // The library gives pointers to messages that are valid until they are destroyed, above.
    private static ref readonly NativeMessage At(nint message) => ref *(NativeMessage*)message;

    private static int SmallBytes(ReadOnlySpan<nint> messages)
    {
        var sum = 0L;
        foreach (var message in messages)
            sum += Small(At(message).KeyLength) + Small(At(message).ValueLength);
        return (int)sum;
    }

    private static long Small(nuint length) => length > LargeBytes ? 0 : (long)length;

    private FetchedMessage Message(nint pointer)
    {
        ref readonly var message = ref At(pointer);
        var place = PlaceOf(message);
        if (message.Error != Librdkafka.NoError)
            return new FetchedMessage(place, message.Error, new LogRecord { Offset = message.Offset });
        return new FetchedMessage(place, message.Error, new LogRecord(
            message.Partition, message.Offset, Librdkafka.TimestampOf(pointer, out _), Copy(message.Key, message.KeyLength),
            Copy(message.Value, message.ValueLength), Headers(pointer)));
    }

    private TopicPartition? PlaceOf(in NativeMessage message)
    {
        if (message.Topic == 0)
            return null;
        if (message.Topic != _topic || message.Partition != _place!.Partition.Value)
        {
            _topic = message.Topic;
            _place = new TopicPartition(Text(Librdkafka.NameOf(message.Topic)), message.Partition);
        }
        return _place;
    }

    private ReadOnlyMemory<byte>? Copy(nint from, nuint length)
    {
        if (from == 0)
            return null;
        var bytes = new ReadOnlySpan<byte>((void*)from, checked((int)length));
        if (bytes.Length > LargeBytes)
            return bytes.ToArray();
        // The sum of all small ones is the array's length.
        bytes.CopyTo(_bytes.AsSpan(_used));
        _used += bytes.Length;
        return _bytes.AsMemory(_used - bytes.Length, bytes.Length);
    }

    private static IReadOnlyList<RecordHeader> Headers(nint message)
    {
        if (Librdkafka.HeadersOf(message, out var headers) != Librdkafka.NoError)
            return RecordHeader.None;
        List<RecordHeader> all = [];
        while (Librdkafka.HeaderAt(headers, (nuint)all.Count, out var name, out var value, out var length) == Librdkafka.NoError)
        {
            var bytes = value == 0 ? null : new ReadOnlySpan<byte>((void*)value, checked((int)length)).ToArray();
            all.Add(new RecordHeader(Text(name), NewRecord.Memory(bytes)));
        }
        return all.Count == 0 ? RecordHeader.None : all;
    }

    private static string Text(nint text) => Marshal.PtrToStringUTF8(text)!;
}
