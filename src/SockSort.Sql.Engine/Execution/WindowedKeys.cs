using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Keys of windowed sources as stores compare them: the key's parts and the window.</summary>
internal static class WindowedKeys
{
    /// <summary>The number of bytes that a window's bounds take behind a key in a topic, as in Kafka Streams; 0 without a window.</summary>
    public static int BoundsBytes(WindowType? window) => window switch
    {
        null => 0,
        { Kind: WindowKind.Session } => 2 * sizeof(long),
        _ => sizeof(long),
    };

    /// <param name="buffer">Two slots longer than the key; returned filled.</param>
    /// <remarks>
    /// Time windows of one source have one size, so that their start says all, as in Kafka Streams' keys; sessions need both ends.
    /// </remarks>
    public static Slot[] Of(Slot[] key, ref Change change, WindowType window, Slot[] buffer)
    {
        key.CopyTo(buffer, 0);
        buffer[^2] = Slot.Of(change.WindowStart);
        buffer[^1] = Slot.Of(window.Kind == WindowKind.Session ? change.WindowEnd : change.WindowStart);
        return buffer;
    }
}
