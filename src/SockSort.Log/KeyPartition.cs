using System.Buffers.Binary;

namespace SockSort.Log;

/// <summary>The partition that Kafka's producers choose for a key.</summary>
/// <remarks>Source: <c>Utils.murmur2</c> and <c>BuiltInPartitioner.partitionForKey</c> of Kafka's clients.</remarks>
public static class KeyPartition
{
    // Utils.murmur2: seed, multiplier and shift.
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;
    private const int Shift = 24;

    /// <param name="key">
    /// The key's bytes; of a windowed one those before the window's bounds, as <c>WindowedStreamPartitioner</c> of Kafka Streams takes it.
    /// </param>
    /// <param name="partitions">How many the topic has; at least one.</param>
    /// <returns>The number of the partition, from 0.</returns>
    public static int Of(ReadOnlySpan<byte> key, int partitions) => (int)((Hash(key) & int.MaxValue) % (uint)partitions);

    /// <summary>MurmurHash 2 with 32 bits, in Kafka's variant.</summary>
    internal static uint Hash(ReadOnlySpan<byte> data)
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
