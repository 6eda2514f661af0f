using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>
/// Decodes a camera's pictures until one is readable, because a camera without readable pictures must not count as live. Later pictures
/// stay encoded until somebody takes them.
/// </summary>
internal sealed class PictureProof
{
    private bool _isProven;
    private bool _isTold;

    /// <returns>The picture; the first one that cannot be read has its problem, and for further ones the result is null.</returns>
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
