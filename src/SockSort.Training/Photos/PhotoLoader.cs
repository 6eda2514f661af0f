using System.Security.Cryptography;
using System.Text;
using SockSort.Dataset.Photos;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Kernels;
using SockSort.Training.Augmentation;

namespace SockSort.Training.Photos;

/// <summary>Reads all photos of a folder, on several cores; leaves out what cannot be read, by name.</summary>
internal static class PhotoLoader
{
    /// <param name="folder">What to read.</param>
    /// <param name="options">Input size and cores.</param>
    /// <param name="read">Told the number of photos that are done, from any thread.</param>
    /// <param name="cancel">Ends it between photos.</param>
    /// <returns>Photos and skipped ones, each in the folder's order.</returns>
    public static (TrainingPhoto[] Photos, SkippedPhoto[] Skipped) Load(
        PhotoFolder folder, TrainingOptions options, Action<int> read, CancellationToken cancel)
    {
        (int Class, string Path)[] files = [.. folder.Classes.SelectMany((known, index) => known.Photos.Select(path => (index, path)))];
        var (photos, skipped) = (new TrainingPhoto?[files.Length], new SkippedPhoto?[files.Length]);
        var done = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel };
        _ = Parallel.For(0, files.Length, limits, i =>
        {
            try
            {
                photos[i] = LoadOne(files[i].Path, files[i].Class, folder.Classes[files[i].Class].Folder, options.InputSize);
            }
            catch (PictureException error)
            {
                skipped[i] = new SkippedPhoto(files[i].Path, error.Reason);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                skipped[i] = new SkippedPhoto(files[i].Path, error.Message);
            }
            read(Interlocked.Increment(ref done));
        });
        return ([.. photos.OfType<TrainingPhoto>()], [.. skipped.OfType<SkippedPhoto>()]);
    }

    /// <summary>One hash for all: SHA-256 of the lines <c>HASH  FOLDER/FILE</c>, as sha256sum prints them.</summary>
    public static string HashOf(IEnumerable<TrainingPhoto> photos) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(photos.Select(photo => $"{photo.Sha256}  {photo.Name}\n")))));

    private static TrainingPhoto LoadOne(string path, int known, string folder, int side)
    {
        var bytes = File.ReadAllBytes(path);
        var photo = PictureReader.Read(bytes, path);
        return new TrainingPhoto(known, new Resampler(side, side).Resize(photo), new PhotoPyramid(photo),
            Convert.ToHexStringLower(SHA256.HashData(bytes)), $"{folder}/{Path.GetFileName(path)}");
    }
}
