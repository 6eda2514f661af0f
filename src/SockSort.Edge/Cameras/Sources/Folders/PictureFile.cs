using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras.Sources.Folders;

/// <summary>Finds and reads files that have the name of a picture.</summary>
internal static class PictureFile
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>
    /// Returns the paths of all entries of a folder with a picture's name, whatever they are. Names with a leading dot are left out: they
    /// are other programs' own.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be read by this user.</exception>
    public static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFileSystemEntries(folder, "*", Everything)
            .Where(path => Path.GetFileName(path)[0] != '.' && PictureReader.IsPicture(path));

    /// <summary>Reads a picture; if it cannot be read, the result says why.</summary>
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
