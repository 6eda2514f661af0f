using System.Buffers.Binary;

namespace SockSort.Sql.Testing.Rest;

/// <summary>The partition that Kafka's producers choose for a key.</summary>
/// <remarks>Source: <c>Utils.murmur2</c> and <c>BuiltInPartitioner.partitionForKey</c> of Kafka's clients.</remarks>
internal static class KafkaPartitions
{
    // Utils.murmur2: seed, multiplier and shift.
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;
    private const int Shift = 24;

    /// <param name="key">The key's bytes; null goes to the first partition here, to any in Kafka.</param>
    /// <param name="partitions">How many the topic has; at least one.</param>
    public static int Of(ReadOnlyMemory<byte>? key, int partitions) =>
        key is { } bytes ? (int)((Hash(bytes.Span) & int.MaxValue) % (uint)partitions) : 0;

    private static uint Hash(ReadOnlySpan<byte> data)
    {
        var hash = Seed ^ (uint)data.Length;
        for (; data.Length >= sizeof(uint); data = data[sizeof(uint)..])
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(data) * Multiplier;
            word = (word ^ (word >> Shift)) * Multiplier;
            hash = (hash * Multiplier) ^ word;
        }
        for (var i = data.Length - 1; i >= 0; i--)
            hash ^= (uint)data[i] << (8 * i);
        if (data.Length > 0)
            hash *= Multiplier;
        hash = (hash ^ (hash >> 13)) * Multiplier;
        return hash ^ (hash >> 15);
    }
}
