using System.Text;

namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>What matters here of a list of a video's parts [RFC 8216].</summary>
internal static class HlsPlaylist
{
    /// <summary>Whether no part is added to it any more [4.3.3.4]: it is a video with an end.</summary>
    public static bool HasEnd(string playlist) => Lines(playlist).Contains("#EXT-X-ENDLIST");

    /// <summary>The first of the lists that a master list names [4.3.4.2]; null where it is none.</summary>
    public static string? FirstVariant(string playlist) => Lines(playlist)
        .SkipWhile(line => !line.StartsWith("#EXT-X-STREAM-INF", StringComparison.Ordinal))
        .FirstOrDefault(line => line.Length > 0 && !line.StartsWith('#'));

    public static string Text(byte[] playlist) => Encoding.UTF8.GetString(playlist);

    private static IEnumerable<string> Lines(string playlist) => playlist.Split('\n').Select(line => line.Trim());
}
