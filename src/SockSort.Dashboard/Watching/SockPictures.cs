using SockSort.Imaging.Labels;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using SockSort.Edge.Loop;
using SockSort.Imaging;
using SockSort.Imaging.Encoding;

namespace SockSort.Dashboard.Watching;

/// <summary>A picture of each sock: of its frames the one that the model was surest of. Thread-safe.</summary>
/// <remarks>
/// A camera's loop only compares numbers and keeps a reference to the frame; the picture is encoded, and written to the folder, when
/// somebody looks at it.
/// </remarks>
/// <param name="folder">Keeps the pictures between starts; null keeps them in memory only.</param>
internal sealed class SockPictures(string? folder)
{
    /// <summary>Longest side of a kept picture, in pixels.</summary>
    public const int Side = 320;

    private const int Quality = 82;

    // A frame that is only a hair surer does not replace the picture: pages would load it again and again.
    private const double BetterByPercent = 0.5;

    // Labels are few; a model with more classes than this shows no further pictures.
    private const int MostSocks = 1000;

    private readonly ConcurrentDictionary<string, Best> _best = new(StringComparer.Ordinal);

    /// <summary>Takes a frame into account; called on the camera's loop.</summary>
    public void See(EdgeFrame frame)
    {
        if (frame.Label is FrameLabel.Blank or EdgeOptions.UnknownLabel)
            return;
        if (_best.TryGetValue(frame.Label, out var best) && frame.Percent < best.Percent + BetterByPercent)
            return;
        if (best is null && _best.Count >= MostSocks)
            return;
        _best[frame.Label] = new Best(frame.Percent, frame.Seen.Number, new Lazy<byte[]>(() => Keep(frame.Label, frame.Seen.Picture)));
    }

    /// <summary>A number that changes with the sock's picture; null if there is no picture.</summary>
    public long? VersionOf(string sock)
    {
        if (_best.TryGetValue(sock, out var best))
            return best.Version;
        return FileOf(sock) is { } file && File.Exists(file) ? 0 : null;
    }

    /// <summary>The sock's picture as JPEG; null if there is none.</summary>
    public byte[]? Find(string sock)
    {
        if (_best.TryGetValue(sock, out var best))
            return best.Jpeg.Value;
        return FileOf(sock) is { } file && File.Exists(file) ? File.ReadAllBytes(file) : null;
    }

    private byte[] Keep(string sock, Frame frame)
    {
        var jpeg = Thumbnail.Encode(frame, Side, Quality);
        if (FileOf(sock) is { } file)
            Write(file, jpeg);
        return jpeg;
    }

    private static void Write(string file, byte[] jpeg)
    {
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var unfinished = $"{file}.{Guid.NewGuid():n}.new";
            File.WriteAllBytes(unfinished, jpeg);
            File.Move(unfinished, file, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk costs the picture after the next start, nothing else; the log tells of the disk.
        }
    }

    // A label may hold anything, a file's name may not.
    private string? FileOf(string sock) => folder is null
        ? null
        : Path.Combine(folder, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sock)).AsSpan(0, 12))}.jpg");

    private sealed record Best(double Percent, long Version, Lazy<byte[]> Jpeg);
}
