using System.IO.Enumeration;

namespace SockSort.Dataset.Lists;

/// <summary>Names of the files and folders in a folder, sorted by code point; links count as what they lead to.</summary>
internal static class FolderEntries
{
    private static readonly EnumerationOptions All = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        ReturnSpecialDirectories = false,
    };

    /// <exception cref="IOException">The folder cannot be listed.</exception>
    public static (List<string> Files, List<string> Folders) Of(string folder)
    {
        var files = new List<string>();
        var folders = new List<string>();
        foreach (var (name, isFolder, isLink) in Entries(folder))
        {
            if (isFolder)
                folders.Add(name);
            else if (!isLink || LeadsToFile(Path.Combine(folder, name)))
                files.Add(name);
        }
        files.Sort(CodePointOrder.Instance);
        folders.Sort(CodePointOrder.Instance);
        return (files, folders);
    }

    private static FileSystemEnumerable<(string Name, bool IsFolder, bool IsLink)> Entries(string folder) => new(
        folder,
        static (ref entry) => (entry.FileName.ToString(), entry.IsDirectory, entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
        All);

    /// <summary>A broken link and a circle of links lead nowhere.</summary>
    private static bool LeadsToFile(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true) is FileInfo { Exists: true };
        }
        catch (IOException)
        {
            return false;
        }
    }
}
