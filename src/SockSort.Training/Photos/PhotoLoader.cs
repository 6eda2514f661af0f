using System.Security.Cryptography;
using System.Text;
using SockSort.Dataset.Photos;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Kernels;
using SockSort.Training.Augmentation;

namespace SockSort.Training.Photos;

/// <summary>Reads all photos of a set, on several cores; leaves out what cannot be read, by name.</summary>
internal static class PhotoLoader
{
    /// <param name="set">What to read.</param>
    /// <param name="options">Input size and cores.</param>
    /// <param name="read">Told the number of photos that are done, from any thread.</param>
    /// <param name="cancel">Ends it between photos.</param>
    /// <returns>Photos and skipped ones, each in the set's order.</returns>
    public static (TrainingPhoto[] Photos, SkippedPhoto[] Skipped) Load(
        PhotoSet set, TrainingOptions options, Action<int> read, CancellationToken cancel)
    {
        (int Class, Photo Photo)[] all = [.. set.Classes.SelectMany((known, index) => known.Photos.Select(photo => (index, photo)))];
        var (photos, skipped) = (new TrainingPhoto?[all.Length], new SkippedPhoto?[all.Length]);
        var done = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel };
        _ = Parallel.For(0, all.Length, limits, i =>
        {
            try
            {
                photos[i] = LoadOne(all[i].Photo, all[i].Class, set.Classes[all[i].Class].Folder, options.InputSize);
            }
            catch (PictureException error)
            {
                skipped[i] = new SkippedPhoto(all[i].Photo.Name, error.Reason);
            }
            read(Interlocked.Increment(ref done));
        });
        return ([.. photos.OfType<TrainingPhoto>()], [.. skipped.OfType<SkippedPhoto>()]);
    }

    /// <summary>One hash for all: SHA-256 of the lines <c>HASH  FOLDER/FILE</c>, as sha256sum prints them.</summary>
    public static string HashOf(IEnumerable<TrainingPhoto> photos) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(photos.Select(photo => $"{photo.Sha256}  {photo.Name}\n")))));

    private static TrainingPhoto LoadOne(Photo file, int known, string folder, int side)
    {
        var bytes = file.Read();
        var photo = PictureReader.Read(bytes, file.Name);
        return new TrainingPhoto(known, new Resampler(side, side).Resize(photo), new PhotoPyramid(photo),
            Convert.ToHexStringLower(SHA256.HashData(bytes)), $"{folder}/{file.FileName}");
    }
}
