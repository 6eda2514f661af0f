using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras.Sources.Folders;

/// <summary>Files that bear a picture's name.</summary>
internal static class PictureFile
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>
    /// Paths of all that bears a picture's name in a folder, whatever it is; names with a leading dot are other programs' own.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFileSystemEntries(folder, "*", Everything)
            .Where(path => Path.GetFileName(path)[0] != '.' && PictureReader.IsPicture(path));

    /// <summary>The picture, or why it cannot be read.</summary>
    public static SourcePicture Read(string path, string? truth)
    {
        var name = Path.GetFileName(path);
        try
        {
            return new SourcePicture(name, PictureReader.Read(path), truth);
        }
        catch (PictureException error)
        {
            return new SourcePicture(name, Picture: null, Problem: error.Reason);
        }
    }
}
