using System.Buffers;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>Reads the columns of a key or value into the slots that the plan needs.</summary>
public interface IRowReader
{
    /// <summary>Sets the slot of each column that has one; absent fields are NULL.</summary>
    /// <exception cref="RecordException">The bytes are no such row.</exception>
    void Read(ReadOnlySpan<byte> bytes, Slot[] row);
}

/// <summary>Writes columns from their slots.</summary>
public interface IRowWriter
{
    /// <returns>False where the row has no bytes: an empty key.</returns>
    bool Write(Slot[] row, IBufferWriter<byte> into);
}
