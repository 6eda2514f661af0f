using SockSort.Imaging;
using SockSort.Imaging.Encoding;
using SockSort.Imaging.Synthetic;

namespace SockSort.Bench.Edge;

/// <summary>Pictures as a 720p camera gives them: socks in a hand before a wall, as JPEG.</summary>
public static class EdgePictures
{
    /// <summary>Pixels.</summary>
    public const int Width = 1280;

    /// <summary>Pixels.</summary>
    public const int Height = 720;

    private const int Count = 16;

    internal static IReadOnlyList<Frame> Draw(int count)
    {
        var options = new SyntheticCameraOptions { Width = Width, Height = Height };
        using var camera = SyntheticCamera.ForSeed(1, SockDesigns.UsualClasses, options);
        return [.. camera.Frames(repeat: true).Take(count).Select(shown => shown.Frame)];
    }

    /// <summary>Writes <c>00.jpg</c>, <c>01.jpg</c> … into a folder.</summary>
    internal static void Write(string folder)
    {
        foreach (var (index, frame) in Draw(Count).Index())
            File.WriteAllBytes(Path.Combine(folder, $"{index:00}.jpg"), JpegWriter.Encode(frame));
    }
}
