using SockSort.Imaging;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Encoding;
using SockSort.Imaging.Kernels;

namespace SockSort.Training.Evaluation.Report;

/// <summary>Small JPEGs of pictures for a page.</summary>
public static class Thumbnails
{
    private const int LongerSide = 240;
    private const int Quality = 78;

    /// <param name="pictures">Those that are named are read once more.</param>
    /// <param name="names">Wanted.</param>
    /// <returns>By name; without those that can no longer be read.</returns>
    public static IReadOnlyDictionary<string, byte[]> Of(IEnumerable<EvaluationPicture> pictures, IReadOnlySet<string> names)
    {
        var made = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var picture in pictures.Where(picture => names.Contains(picture.Name)))
        {
            try
            {
                made[picture.Name] = Of(PictureReader.Read(picture.Read(), picture.Name));
            }
            catch (Exception error) when (error is PictureException or IOException or UnauthorizedAccessException)
            {
                // It was read a moment ago; the page shows a plain field in its place.
            }
        }
        return made;
    }

    private static byte[] Of(Frame frame)
    {
        var shrink = Math.Min(1, (double)LongerSide / Math.Max(frame.Width, frame.Height));
        var (width, height) = (Math.Max(1, (int)(frame.Width * shrink)), Math.Max(1, (int)(frame.Height * shrink)));
        return JpegWriter.Encode(new Resampler(width, height).Resize(frame), Quality);
    }
}
