namespace SockSort.Dataset.Photos;

/// <summary>Folders that programs leave among photos and that nobody made for a sock.</summary>
internal static class ToolFolders
{
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["__MACOSX"] = "a folder that macOS puts into ZIP archives",
        ["@eaDir"] = "a folder of a Synology disk",
        ["#recycle"] = "the recycle bin of a Synology disk",
        ["#snapshot"] = "a folder of a Synology disk",
        ["@Recycle"] = "the recycle bin of a QNAP disk",
        ["@Recently-Snapshot"] = "a folder of a QNAP disk",
        ["@__thumb"] = "thumbnails of a QNAP disk",
        ["$RECYCLE.BIN"] = "the recycle bin of Windows",
        ["System Volume Information"] = "a folder of Windows",
        ["lost+found"] = "a folder of the file system",
        ["__pycache__"] = "a folder of Python",
        [".ipynb_checkpoints"] = "a folder of Jupyter",
        [".AppleDouble"] = "a folder of Netatalk",
        [".thumbnails"] = "thumbnails of a file manager",
    };

    /// <returns>What it is; null where it may be a sock's.</returns>
    public static string? NameOf(string folder)
    {
        if (Known.TryGetValue(folder, out var name))
            return name;
        return folder[0] == '.' ? "a hidden folder" : null;
    }

    /// <summary>Number of files in it and below; what cannot be listed is not counted.</summary>
    public static int CountFiles(string folder) => Directory.EnumerateFiles(folder, "*", All).Count();
}
