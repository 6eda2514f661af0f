using System.Buffers.Binary;

namespace SockSort.Sql.Engine.State;

/// <summary>
/// Numbers in the keys of kept state: big-endian, so that entries which follow each other in time lie side by side on disk, and a commit
/// touches few pages.
/// </summary>
internal static class OrderedNumbers
{
    public static void WriteOrdered(this BinaryWriter into, long value) => into.Write(BinaryPrimitives.ReverseEndianness(value));

    public static long ReadOrdered(this BinaryReader from) => BinaryPrimitives.ReverseEndianness(from.ReadInt64());
}
