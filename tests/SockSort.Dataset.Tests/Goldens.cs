using System.Text.Json;
using SockSort.Testing;

namespace SockSort.Dataset.Tests;

/// <summary>Where im2rec's own output lies, and how cases of it are listed without failing where it is absent.</summary>
internal static class Goldens
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "goldens", "im2rec"));

    /// <summary>Absolute path below the goldens; skips the running test where they are absent.</summary>
    public static string PathOf(string relative) => Path.Combine(Repository.Shared("goldens/im2rec"), relative);

    public static JsonElement Json(string relative)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(PathOf(relative)));
        return document.RootElement.Clone();
    }

    /// <summary>The case folders below <paramref name="relative"/>; one row that skips by name where the goldens are absent.</summary>
    public static TheoryData<string> Cases(string relative)
    {
        var folder = Path.Combine(Folder, relative);
        return Directory.Exists(folder)
            ? [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
            : ["(goldens absent)"];
    }

    /// <summary>The files below <paramref name="relative"/>, by name without extension.</summary>
    public static TheoryData<string> Files(string relative)
    {
        var folder = Path.Combine(Folder, relative);
        return Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)]
            : ["(goldens absent)"];
    }
}
