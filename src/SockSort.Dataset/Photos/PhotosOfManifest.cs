using System.Globalization;
using System.Text.Json;
using SockSort.Dataset.Storage;
using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Photos;

/// <summary>
/// Photos of an augmented manifest, as SageMaker Ground Truth writes it: a JSON object a line with <c>source-ref</c> (the photo's address),
/// one attribute with the class's number or name, and <c>ATTRIBUTE-metadata</c>, whose <c>class-name</c> names it.
/// </summary>
internal static class PhotosOfManifest
{
    private const string Source = "source-ref";
    private const string Metadata = "-metadata";

    /// <param name="path">The manifest.</param>
    /// <param name="shown">How errors call it.</param>
    /// <exception cref="PhotoSetException">A line has several labels.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NumberedPhotos Read(string path, string shown)
    {
        var photos = new NumberedPhotos();
        var rows = Rows(path, shown, photos.Ignored).ToList();
        // Names alone have no numbers: they get those that im2rec would give to folders of these names.
        string[] names = [.. rows.Select(row => row.Name).OfType<string>().Distinct().Order(CodePointOrder.Instance)];
        foreach (var row in rows)
            photos.Add(row.Number ?? Array.IndexOf(names, row.Name), row.Name, PhotoOf(row.Source, path));
        return photos;
    }

    private static IEnumerable<(string Source, float? Number, string? Name)> Rows(string path, string shown, List<string> ignored)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (TryRead(line, $"{shown}:{number}", out var row, out var problem))
                yield return row;
            else
                ignored.Add($"{shown}:{number}: the line {problem}");
        }
    }

    private static bool TryRead(string line, string place, out (string, float?, string?) row, out string problem)
    {
        row = default;
        problem = "";
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object || TextOf(json.RootElement, Source) is not { } source)
                problem = $"holds no '{Source}', expected {{\"{Source}\": \"s3://BUCKET/PHOTO\", \"class\": 0}}";
            else if (LabelOf(json.RootElement) is not { } label)
                problem = "holds no attribute with the class's number or name";
            else if (label.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
                throw PhotoSetErrors.NotOneLabel(place, $"has several labels a photo in '{label.Name}' (multi-label or detection)");
            else
                row = (source, NumberOf(label.Value), ClassNameOf(json.RootElement, label));
            return problem.Length == 0;
        }
        catch (JsonException)
        {
            problem = "is no JSON object";
            return false;
        }
    }

    private static JsonProperty? LabelOf(JsonElement line)
    {
        foreach (var property in line.EnumerateObject())
        {
            if (property.Name is not (Source or "source") && !property.Name.EndsWith(Metadata, StringComparison.Ordinal))
                return property;
        }
        return null;
    }

    private static float? NumberOf(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value.GetSingle();
        return float.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string? ClassNameOf(JsonElement line, JsonProperty label)
    {
        if (line.TryGetProperty(label.Name + Metadata, out var metadata) && TextOf(metadata, "class-name") is { Length: > 0 } name)
            return name;
        return NumberOf(label.Value) is null ? label.Value.ToString() : null;
    }

    private static string? TextOf(JsonElement line, string name)
    {
        var isThere = line.ValueKind == JsonValueKind.Object && line.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String;
        return isThere ? line.GetProperty(name).GetString() : null;
    }

    private static Photo PhotoOf(string source, string manifest)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(manifest))!;
        var file = source[(source.LastIndexOf('/') + 1)..];
        // SageMaker may have brought the photos into the channel.
        var local = StorageLocation.LooksLikeS3(source) ? Path.Combine(folder, file) : Path.Combine(folder, source);
        return File.Exists(local) || !StorageLocation.LooksLikeS3(source)
            ? new Photo(local, file, () => ReadLocal(local))
            : new Photo(source, file, () => ReadStored(source));
    }

    private static byte[] ReadLocal(string path)
    {
        if (!Path.Exists(path))
            throw new PictureException(path, "no such file");
        try
        {
            return RegularFile.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PictureException(path, error.Message, error);
        }
    }

    private static byte[] ReadStored(string address)
    {
        try
        {
            var (folder, name) = StorageLocation.Parse(address).Split();
            using var storage = folder.Open();
            // Photos are read by threads of their own: to wait here blocks nobody else.
            using var stream = storage.OpenReadAsync(name, CancellationToken.None).GetAwaiter().GetResult();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception error) when (error is StorageException or IOException)
        {
            throw new PictureException(address, error.Message, error);
        }
    }
}
