using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace SockSort.Log.Kafka.Clients;

/// <summary>What is called of librdkafka (2.16) past its .NET client: that one makes four objects of each record that is read.</summary>
internal static partial class Librdkafka
{
    public const int NoError = 0;

    /// <summary>RD_KAFKA_RESP_ERR__PARTITION_EOF: the message only tells that the end was reached.</summary>
    public const int PartitionEof = -191;

    private const string Name = "librdkafka";

    // rd_kafka_message_t of rdkafka.h, the 64-bit layout.
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeMessage
    {
        public int Error;
        public nint Topic;
        public int Partition;
        public nint Value;
        public nuint ValueLength;
        public nint Key;
        public nuint KeyLength;
        public long Offset;
        private readonly nint _private;
    }

    /// <summary>The library's own handle of a client; it is valid until the client is disposed of.</summary>
    public static nint HandleOf(IClient client) => ((SafeHandle)LibraryHandle(client.Handle)).DangerousGetHandle();

    /// <summary>The queue that a consumer polls; to be given back by <see cref="DestroyQueue"/>. NULL = it is no consumer.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_queue_get_consumer")]
    public static partial nint ConsumerQueue(nint client);

    [LibraryImport(Name, EntryPoint = "rd_kafka_queue_destroy")]
    public static partial void DestroyQueue(nint queue);

    /// <summary>Waits for messages; the time counts until the array is full. Returns their number, -1 = error.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_consume_batch_queue")]
    public static partial nint ConsumeBatch(nint queue, int timeoutMs, [Out] nint[] messages, nuint size);

    [LibraryImport(Name, EntryPoint = "rd_kafka_message_destroy")]
    public static partial void DestroyMessage(nint message);

    /// <summary>Milliseconds since 1970; -1 = none.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_message_timestamp")]
    [SuppressGCTransition]
    public static partial long TimestampOf(nint message, out int type);

    /// <summary>0 = there are headers, which belong to the message; else there are none.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_message_headers")]
    public static partial int HeadersOf(nint message, out nint headers);

    /// <summary>0 = there is a header of this number, which belongs to the message.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_header_get_all")]
    public static partial int HeaderAt(nint headers, nuint index, out nint name, out nint value, out nuint length);

    /// <summary>The name, in UTF-8; it belongs to the topic.</summary>
    [LibraryImport(Name, EntryPoint = "rd_kafka_topic_name")]
    public static partial nint NameOf(nint topic);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_LibrdkafkaHandle")]
    [return: UnsafeAccessorType("Confluent.Kafka.Impl.SafeKafkaHandle, Confluent.Kafka")]
    private static extern object LibraryHandle(Handle handle);
}
