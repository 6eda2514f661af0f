using SkiaSharp;
using SockSort.Imaging.Drawing;

namespace SockSort.Imaging.Synthetic;

/// <summary>
/// Writes synthetic pictures to a folder, as JPEG of quality 92 by Skia's encoder. The same call gives the same bytes on the
/// same kind of machine.
/// </summary>
public static class SyntheticPictures
{
    private const int Quality = 92;

    /// <summary>Class folders as a trainer reads them: <c>class-sailor-stripes/000.jpg</c> and so on.</summary>
    /// <param name="world">Draws.</param>
    /// <param name="perClass">Photos a class, at least 1.</param>
    /// <param name="folder">Made where it is not there.</param>
    /// <param name="written">Told how many pictures there are after each one.</param>
    /// <param name="cancellationToken">Ends it between two pictures.</param>
    /// <returns>How many pictures were written.</returns>
    public static int WriteClasses(
        PhotoWorld world, int perClass, string folder, IProgress<int>? written, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var design in world.Designs)
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, design.Folder)).FullName;
            for (var number = 0; number < perClass; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WriteJpeg(world.Photo(design, number), Path.Combine(place, $"{number:000}.jpg"));
                count++;
                written?.Report(count);
            }
        }
        return count;
    }

    /// <summary>
    /// Pictures in one folder, <c>frame_000.jpg</c> and so on, and <c>labels.csv</c> with the truth (<c>frame,label</c>).
    /// </summary>
    /// <param name="frames">In the order in which they are numbered, from 0.</param>
    /// <param name="folder">Made where it is not there.</param>
    /// <param name="written">Told how many pictures there are after each one.</param>
    /// <param name="cancellationToken">Ends it between two pictures.</param>
    /// <returns>How many pictures were written.</returns>
    public static int WriteFrames(
        IEnumerable<(Frame Frame, string Label)> frames, string folder, IProgress<int>? written, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var labels = new StreamWriter(Path.Combine(folder, "labels.csv")) { NewLine = "\n" };
        labels.WriteLine("frame,label");
        var count = 0;
        foreach (var (frame, label) in frames)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var name = $"frame_{count:000}.jpg";
            WriteJpeg(frame, Path.Combine(folder, name));
            labels.WriteLine($"{name},{label}");
            count++;
            written?.Report(count);
        }
        return count;
    }

    private static void WriteJpeg(Frame frame, string path)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var pixels = bitmap.PeekPixels();
        for (var y = 0; y < frame.Height; y++)
            Rgba.FromRgb(frame.Row(y), pixels.GetPixelSpan<byte>(0, y));
        using var file = File.Create(path);
        if (!pixels.Encode(file, SKEncodedImageFormat.Jpeg, Quality))
            throw new SyntheticException($"{path}: the picture could not be encoded as JPEG");
    }
}
