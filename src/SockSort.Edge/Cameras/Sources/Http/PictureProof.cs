using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>
/// Decodes the pictures of a camera until one can be read: a camera whose pictures nobody can read is not live. From then on they are
/// decoded where somebody takes them.
/// </summary>
internal sealed class PictureProof
{
    private bool _isProven;
    private bool _isTold;

    /// <returns>A picture that cannot be read with its problem, the first time; null the next times.</returns>
    public async Task<SourcePicture?> ReadAsync(string name, byte[] bytes)
    {
        if (_isProven)
            return new SourcePicture(name, Picture: null, Encoded: bytes);
        try
        {
            var picture = await Task.Run(() => PictureReader.Read(bytes, name));
            _isProven = true;
            return new SourcePicture(name, picture);
        }
        catch (PictureException error)
        {
            if (_isTold)
                return null;
            _isTold = true;
            return new SourcePicture(name, Picture: null, Problem: error.Reason);
        }
    }
}
