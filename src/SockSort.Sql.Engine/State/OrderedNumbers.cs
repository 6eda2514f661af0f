using System.Buffers.Binary;

namespace SockSort.Sql.Engine.State;

/// <summary>
/// Writes numbers in the keys of stored state: big-endian, so that entries which follow each other in time lie side by side on disk, and a
/// commit touches few pages.
/// </summary>
internal static class OrderedNumbers
{
    public static void WriteOrdered(this BinaryWriter into, long value) => into.Write(BinaryPrimitives.ReverseEndianness(value));

    public static long ReadOrdered(this BinaryReader from) => BinaryPrimitives.ReverseEndianness(from.ReadInt64());
}
