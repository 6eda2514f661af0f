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
    /// <exception cref="PhotoSetException">It is another kind of file, or its records have several labels.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static NumberedPhotos Read(string path, string shown)
    {
        var photos = new NumberedPhotos();
        ReadInto(photos, path, shown);
        return photos;
    }

    /// <summary>As <see cref="Read"/>, beside the photos of other files.</summary>
    public static void ReadInto(NumberedPhotos photos, string path, string shown)
    {
        if (FileKind.NameOf(path) is { } kind && kind != FileKind.Records)
            throw PhotoSetErrors.NoRecords(shown, kind);
        var list = Path.ChangeExtension(path, ".lst");
        var paths = File.Exists(list) ? PhotosOfList.PathsById(list) : [];
        using var reader = RecordReader.Open(path, skipDamaged: true);
        while (reader.Read())
        {
            var isPhoto = ImageRecord.TryParse(reader.Record, out var image);
            if (isPhoto && image.LabelCount > 1)
                throw PhotoSetErrors.NotOneLabel($"{shown}, record {image.Id}", SeveralLabels.Describe(image.Labels()));
            if (!isPhoto && photos.IsEmpty && IsProtobuf(reader.Record))
                throw PhotoSetErrors.NoRecords(shown, "RecordIO with SageMaker's protobuf in it (numbers, no photos)");
            if (isPhoto)
                photos.Add(
                    image.Labels()[0], PhotosOfList.FolderOf(paths.GetValueOrDefault(image.Id, "")),
                    PhotoOf(path, shown, reader.Offset, image.Id, paths));
            else
                photos.Ignored.Add($"{shown}: the record at byte {reader.Offset} is no photo");
        }
        photos.Ignored.AddRange(reader.Damages.Select(damage => $"{shown}: byte {damage.Offset}: {damage.Problem}"));
    }

    /// <summary>Fields 1 or 2 of SageMaker's <c>Record</c>, features and label, come first.</summary>
    private static bool IsProtobuf(ReadOnlySpan<byte> record) => record is [0x0a or 0x12, ..];

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
