using SockSort.Dataset.Im2Rec;
using SockSort.Dataset.Lists;
using SockSort.Dataset.RecordIO;

namespace SockSort.Dataset.Photos;

/// <summary>One photo with its class.</summary>
/// <param name="Name">How an error calls it: path or record.</param>
/// <param name="Label">Index of the class.</param>
/// <param name="Bytes">The encoded photo; not decoded, so it may be damaged.</param>
public sealed record LabelledPhoto(string Name, int Label, byte[] Bytes);

/// <summary>Photos with their classes, out of a folder of class folders, a <c>.lst</c>, or a <c>.rec</c>.</summary>
public static class LabelledPhotos
{
    /// <param name="source">A folder, a <c>.lst</c> or a <c>.rec</c>.</param>
    /// <param name="root">Folder of the photos that a <c>.lst</c> names; by default the folder that it lies in.</param>
    /// <exception cref="PhotoFolderException">The folder is none of photos.</exception>
    /// <exception cref="InvalidDataException">A line, a photo or a record cannot be read, or its label is no class; names it.</exception>
    /// <exception cref="RecordIOException">The record file is damaged.</exception>
    public static IEnumerable<LabelledPhoto> Read(string source, string? root = null) => Path.GetExtension(source).ToLowerInvariant() switch
    {
        ".lst" when File.Exists(source) => OfList(source, root ?? Path.GetDirectoryName(Path.GetFullPath(source))!),
        ".rec" when File.Exists(source) => OfRecords(source),
        _ => OfFolder(source),
    };

    private static IEnumerable<LabelledPhoto> OfFolder(string folder) => PhotoFolder.Read(folder).Classes
        .SelectMany((known, label) => known.Photos.Select(photo => new LabelledPhoto(photo, label, File.ReadAllBytes(photo))));

    private static IEnumerable<LabelledPhoto> OfList(string path, string root)
    {
        using var list = ListReader.Open(path);
        var photos = new PhotoFile(root, allowOutside: false);
        while (list.TryRead(out var line, out var problem))
        {
            if (line is not null)
                yield return new LabelledPhoto(line.Path, ClassOf(line.Labels[0], line.Path), photos.Read(line.Path).ToArray());
            else if (!problem!.IsBlank)
                throw new InvalidDataException($"{path}:{problem.Number}: the line {problem.Problem}");
        }
    }

    private static IEnumerable<LabelledPhoto> OfRecords(string path)
    {
        using var reader = RecordReader.Open(path);
        while (reader.Read())
            yield return Parse(path, reader);
    }

    private static LabelledPhoto Parse(string path, RecordReader reader)
    {
        var name = $"{path} at byte {reader.Offset}";
        return ImageRecord.TryParse(reader.Record, out var image)
            ? new LabelledPhoto(name, ClassOf(image.Labels()[0], name), image.Photo.ToArray())
            : throw new InvalidDataException($"{name}: the record is no photo");
    }

    private static int ClassOf(float label, string name) => label >= 0 && label == MathF.Floor(label) && label < 1_000_000
        ? (int)label
        : throw new InvalidDataException($"{name}: the label {label} is no class, expected 0, 1, 2, ...");
}
