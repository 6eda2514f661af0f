using System.Buffers.Binary;
using System.Text;

namespace SockSort.Connect.FileSink;

/// <summary>The state of a file sink: the path of its file, and its length at the last commit.</summary>
/// <param name="Path">The path relative to the sinks' folder, without <c>.</c> and <c>..</c>.</param>
/// <param name="LengthBytes">The committed length; what follows it was written by a run that ended before its commit.</param>
internal readonly record struct SinkFile(string Path, long LengthBytes)
{
    /// <summary>Encodes the state for the commit: the length, little-endian, then the path in UTF-8.</summary>
    public byte[] ToState()
    {
        var state = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(Path)];
        BinaryPrimitives.WriteInt64LittleEndian(state, LengthBytes);
        _ = Encoding.UTF8.GetBytes(Path, state.AsSpan(sizeof(long)));
        return state;
    }

    /// <summary>Decodes a committed state; null where there is none.</summary>
    public static SinkFile? Of(byte[]? state) => state is { Length: > sizeof(long) }
        ? new SinkFile(Encoding.UTF8.GetString(state.AsSpan(sizeof(long))), BinaryPrimitives.ReadInt64LittleEndian(state))
        : null;
}
