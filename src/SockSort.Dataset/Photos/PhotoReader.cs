using SockSort.Dataset.Im2Rec;
using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Photos;

/// <summary>Reads photo files below a root, for several threads at once.</summary>
/// <param name="root">The folder.</param>
/// <param name="allowOutside">Whether links may lead out of it.</param>
internal sealed class PhotoReader(string root, bool allowOutside)
{
    private readonly ThreadLocal<PhotoFile> _files = new(() => new PhotoFile(root, allowOutside));

    /// <param name="relative">Path below the root.</param>
    /// <param name="name">How an error calls the photo.</param>
    /// <exception cref="PictureException">It cannot be read, or must not be.</exception>
    public byte[] Read(string relative, string name)
    {
        try
        {
            return _files.Value!.Read(relative).ToArray();
        }
        catch (PictureException error)
        {
            throw new PictureException(name, error.Reason, error);
        }
    }
}
