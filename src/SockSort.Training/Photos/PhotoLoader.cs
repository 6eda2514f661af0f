using System.Security.Cryptography;
using System.Text;
using SockSort.Dataset.Photos;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Kernels;
using SockSort.Training.Augmentation;

namespace SockSort.Training.Photos;

/// <summary>Reads all photos of a set, on several cores; leaves out what cannot be read, by name.</summary>
/// <remarks>
/// All of them stay in memory, shrunk: at most 0.8 MB each at 224 pixels a side, so that a step takes its photos from memory.
/// </remarks>
internal static class PhotoLoader
{
    /// <param name="set">What to read.</param>
    /// <param name="options">Input size and cores.</param>
    /// <param name="read">Told the number of photos that are done, from any thread.</param>
    /// <param name="cancel">Ends it between photos.</param>
    /// <returns>Photos and skipped ones, each in the set's order.</returns>
    public static (TrainingPhoto[] Photos, SkippedPhoto[] Skipped) Load(
        PhotoSet set, TrainingOptions options, Action<int> read, CancellationToken cancel) =>
        Load([
            .. set.Classes.SelectMany(
                (known, index) =>
                    known.Photos.Select(photo => new PhotoSource(index, $"{known.Folder}/{photo.FileName}", photo.Name, photo.Read))),
        ],
            options, read, cancel);

    /// <param name="sources">What to read.</param>
    /// <param name="options">Input size and cores.</param>
    /// <param name="read">Told the number of photos that are done, from any thread.</param>
    /// <param name="cancel">Ends it between photos.</param>
    /// <returns>Photos and skipped ones, each in their order.</returns>
    public static (TrainingPhoto[] Photos, SkippedPhoto[] Skipped) Load(
        IReadOnlyList<PhotoSource> sources, TrainingOptions options, Action<int> read, CancellationToken cancel)
    {
        var (photos, skipped) = (new TrainingPhoto?[sources.Count], new SkippedPhoto?[sources.Count]);
        var done = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel };
        _ = Parallel.For(0, sources.Count, limits, i =>
        {
            try
            {
                photos[i] = LoadOne(sources[i], options.InputSize);
            }
            catch (PictureException error)
            {
                skipped[i] = new SkippedPhoto(sources[i].Path, error.Reason);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                skipped[i] = new SkippedPhoto(sources[i].Path, error.Message);
            }
            read(Interlocked.Increment(ref done));
        });
        return ([.. photos.OfType<TrainingPhoto>()], [.. skipped.OfType<SkippedPhoto>()]);
    }

    /// <summary>One hash for all: SHA-256 of the lines <c>HASH  FOLDER/FILE</c>, as sha256sum prints them.</summary>
    public static string HashOf(IEnumerable<TrainingPhoto> photos) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(photos.Select(photo => $"{photo.Sha256}  {photo.Name}\n")))));

    private static TrainingPhoto LoadOne(PhotoSource source, int side)
    {
        var bytes = source.Read();
        var photo = PictureReader.Read(bytes, source.Path);
        return new TrainingPhoto(source.Class, new Resampler(side, side).Resize(photo), new PhotoPyramid(photo),
            Convert.ToHexStringLower(SHA256.HashData(bytes)), source.Name);
    }
}
