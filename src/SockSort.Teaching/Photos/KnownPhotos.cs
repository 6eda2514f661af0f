using SockSort.Dataset.Photos;
using SockSort.Imaging;
using SockSort.Imaging.Decoding;

namespace SockSort.Teaching.Photos;

/// <summary>A few photos of each sock that is known.</summary>
public static class KnownPhotos
{
    // Each is seen by the model while somebody waits.
    private const int MostPictures = 60;
    private const int MostPerSock = 6;
    private const int FewestPerSock = 2;

    /// <summary>Reads photos of these labels, spread over those that there are; what cannot be read is left out.</summary>
    /// <param name="photos">The folder of the socks' folders, which need not be there.</param>
    /// <param name="labels">The socks, and the empty scene.</param>
    public static IEnumerable<Frame> Of(string photos, IReadOnlyList<string> labels)
    {
        var each = Math.Clamp(MostPictures / Math.Max(1, labels.Count), FewestPerSock, MostPerSock);
        return ClassesOf(photos).Where(known => labels.Contains(known.Label)).SelectMany(known => Read(known.Photos, each));
    }

    private static IReadOnlyList<PhotoClass> ClassesOf(string photos)
    {
        try
        {
            using var set = PhotoSet.OfFolder(photos);
            return set.Classes;
        }
        catch (PhotoSetException)
        {
            // None yet, or none that a training would take: it says so.
            return [];
        }
    }

    private static IEnumerable<Frame> Read(IReadOnlyList<Photo> photos, int most)
    {
        var count = Math.Min(most, photos.Count);
        for (var index = 0; index < count; index++)
        {
            if (TryRead(photos[index * photos.Count / count]) is { } frame)
                yield return frame;
        }
    }

    private static Frame? TryRead(Photo photo)
    {
        try
        {
            return PictureReader.Read(photo.Read(), photo.Name);
        }
        catch (PictureException)
        {
            return null;
        }
    }
}
