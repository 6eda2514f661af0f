using SockSort.Imaging.Decoding;
using SockSort.Imaging.Encoding;

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
                made[picture.Name] = Thumbnail.Encode(picture.Read(), picture.Name, LongerSide, Quality);
            }
            catch (Exception error) when (error is PictureException or IOException or UnauthorizedAccessException)
            {
                // It was read a moment ago; the page shows a plain field in its place.
            }
        }
        return made;
    }
}
