using System.Text;

namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>Reads what SockSort needs from an HLS playlist, the list of a video's parts [RFC 8216].</summary>
internal static class HlsPlaylist
{
    /// <summary>Whether no part will be added to the playlist any more [4.3.3.4], so that the video has an end.</summary>
    public static bool HasEnd(string playlist) => Lines(playlist).Contains("#EXT-X-ENDLIST");

    /// <summary>First media playlist that a master playlist names [4.3.4.2]; null if this is no master playlist.</summary>
    public static string? FirstVariant(string playlist) => Lines(playlist)
        .SkipWhile(line => !line.StartsWith("#EXT-X-STREAM-INF", StringComparison.Ordinal))
        .FirstOrDefault(line => line.Length > 0 && !line.StartsWith('#'));

    public static string Text(byte[] playlist) => Encoding.UTF8.GetString(playlist);

    private static IEnumerable<string> Lines(string playlist) => playlist.Split('\n').Select(line => line.Trim());
}
