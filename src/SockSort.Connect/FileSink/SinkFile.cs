using System.Buffers.Binary;
using System.Text;

namespace SockSort.Connect.FileSink;

/// <summary>A sink's file: its path below the sinks' folder, and up to where it is known to be right.</summary>
/// <param name="Path">Below the folder, without <c>.</c> and <c>..</c>.</param>
/// <param name="LengthBytes">What lies behind it was written by a run that ended before it could say so.</param>
internal readonly record struct SinkFile(string Path, long LengthBytes)
{
    /// <summary>As it is kept with the offsets: the length, little-endian, then the path in UTF-8.</summary>
    public byte[] ToState()
    {
        var state = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(Path)];
        BinaryPrimitives.WriteInt64LittleEndian(state, LengthBytes);
        _ = Encoding.UTF8.GetBytes(Path, state.AsSpan(sizeof(long)));
        return state;
    }

    /// <summary>Null where the state is of no file.</summary>
    public static SinkFile? Of(byte[]? state) => state is { Length: > sizeof(long) }
        ? new SinkFile(Encoding.UTF8.GetString(state.AsSpan(sizeof(long))), BinaryPrimitives.ReadInt64LittleEndian(state))
        : null;
}
