using System.Globalization;
using SockSort.Dataset.RecordIO;
using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Photos;

/// <summary>
/// Photos of a <c>.rec</c>. Records know numbers only: the list of the same name, where it lies beside, tells the folders.
/// </summary>
internal static class PhotosOfRecords
{
    /// <param name="path">The record file; damaged records are left out.</param>
    /// <param name="shown">How errors call it.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static NumberedPhotos Read(string path, string shown)
    {
        var photos = new NumberedPhotos();
        var list = Path.ChangeExtension(path, ".lst");
        var paths = File.Exists(list) ? PhotosOfList.PathsById(list) : [];
        using var reader = RecordReader.Open(path, skipDamaged: true);
        while (reader.Read())
        {
            if (ImageRecord.TryParse(reader.Record, out var image))
                photos.Add(
                    image.Labels()[0], PhotosOfList.FolderOf(paths.GetValueOrDefault(image.Id, "")),
                    PhotoOf(path, shown, reader.Offset, image.Id, paths));
            else
                photos.Ignored.Add($"{shown}: the record at byte {reader.Offset} is no photo");
        }
        photos.Ignored.AddRange(reader.Damages.Select(damage => $"{shown}: byte {damage.Offset}: {damage.Problem}"));
        return photos;
    }

    private static Photo PhotoOf(string path, string shown, long offset, ulong id, Dictionary<ulong, string> paths)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{shown}, record {id}{(paths.TryGetValue(id, out var file) ? $" ({file})" : "")}");
        return new Photo(name, Path.GetFileName(file) ?? id.ToString(CultureInfo.InvariantCulture), () => ReadAt(path, offset, name), file);
    }

    private static byte[] ReadAt(string path, long offset, string name)
    {
        try
        {
            using var reader = RecordReader.Open(path);
            reader.Seek(offset);
            return reader.Read() && ImageRecord.TryParse(reader.Record, out var image)
                ? image.Photo.ToArray()
                : throw new PictureException(name, "is no longer where it was; the file has changed meanwhile");
        }
        catch (Exception error) when (error is IOException or RecordIOException or UnauthorizedAccessException)
        {
            throw new PictureException(name, error.Message, error);
        }
    }
}
