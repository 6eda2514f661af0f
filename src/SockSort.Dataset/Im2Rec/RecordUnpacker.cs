using System.Globalization;
using SockSort.Dataset.RecordIO;
using SockSort.Shared;

namespace SockSort.Dataset.Im2Rec;

/// <summary>Writes the photos of a <c>.rec</c> into a folder, and the list that packs them again.</summary>
public static class RecordUnpacker
{
    /// <summary>Photos go to <c>class-LABEL/ID.jpg</c> (or <c>.png</c>, <c>.bin</c> by content), the list to <c>unpacked.lst</c>.</summary>
    /// <param name="reader">Read to its end.</param>
    /// <param name="folder">Made if it is not there; files of the same names are replaced.</param>
    /// <param name="cancellation">Ends the work; what is written stays.</param>
    /// <returns>
    /// Photos written, records with a label but no byte of a photo, which give no file, and a message for each that is no photo's.
    /// </returns>
    public static (int Photos, int Empty, IReadOnlyList<string> Problems) Unpack(
        RecordReader reader, string folder, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(folder);
        var problems = new List<string>();
        var empty = 0;
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var list = PartialFile.Create(Path.Combine(folder, "unpacked.lst"));
        using (var lines = new StreamWriter(list.Stream, leaveOpen: true) { NewLine = "\n" })
        {
            while (reader.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                if (!ImageRecord.TryParse(reader.Record, out var image))
                    problems.Add($"the record at byte {reader.Offset} is no photo: {reader.Record.Length} bytes hold no header of "
                        + $"{ImageRecord.HeaderBytes} with its labels");
                else if (image.Photo.IsEmpty)
                    empty++;
                else
                    lines.WriteLine(Write(folder, image, names));
            }
        }
        list.Finish();
        list.Publish();
        return (names.Count, empty, problems);
    }

    private static string Write(string folder, ImageRecord image, HashSet<string> names)
    {
        var labels = Array.ConvertAll(image.Labels(), Label);
        var name = FreeName($"class-{Shorten(labels[0])}/{image.Id}", Extension(image.Photo), names);
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, image.Photo);
        return string.Create(CultureInfo.InvariantCulture, $"{image.Id}\t{string.Join('\t', labels)}\t{name}");
    }

    /// <summary>The label as im2rec writes it, where that tells the same number; else with all digits.</summary>
    private static string Label(float label)
    {
        var text = label.ToString("0.000000", CultureInfo.InvariantCulture);
        return float.Parse(text, CultureInfo.InvariantCulture).Equals(label) ? text : label.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A name that is not taken: an id may stand in a file twice.</summary>
    private static string FreeName(string stem, string extension, HashSet<string> names)
    {
        var name = stem + extension;
        for (var i = 2; !names.Add(name); i++)
            name = $"{stem}_{i}{extension}";
        return name;
    }

    private static string Shorten(string label) => label.EndsWith(".000000", StringComparison.Ordinal) ? label[..^7] : label;

    private static string Extension(ReadOnlySpan<byte> photo) => photo switch
    {
        [0xff, 0xd8, ..] => ".jpg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => ".png",
        _ => ".bin",
    };
}
