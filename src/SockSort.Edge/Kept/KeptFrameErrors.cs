using System.Globalization;

namespace SockSort.Edge.Kept;

/// <summary>All texts of the responses that have no kept frame.</summary>
internal static class KeptFrameErrors
{
    private const double Megabyte = 1e6;

    public static string NotHere(long seq, KeptFrameCounts counts)
    {
        if (counts.MostBytes == 0)
            return "no frames are kept here: keep-frames is none, or the messages carry no run and seq\n";
        var room = string.Create(CultureInfo.InvariantCulture, $"{counts.MostBytes / Megabyte:0.##} MB");
        return counts.Oldest is { } oldest
            ? string.Create(CultureInfo.InvariantCulture, $"frame {seq} of this run is not here: frames are kept as long as they fit into "
                + $"{room}, now {counts.Frames} of them, the oldest of {oldest:yyyy-MM-dd'T'HH:mm:ss'Z'}\n")
            : $"frame {seq} of this run is not here: no frame is kept yet; they are as long as they fit into {room}\n";
    }
}
