using SockSort.Dataset.Storage;
using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Im2Rec;

/// <summary>Photos in a bucket.</summary>
internal sealed class StoredPhotos(IStorage storage, CancellationToken cancellation) : IPhotoSource
{
    private byte[] _bytes = new byte[1 << 18];

    public ReadOnlySpan<byte> Read(string relative)
    {
        if (relative.StartsWith('/') || relative.Split('/').Contains(".."))
            throw new PictureException(relative, $"leads out of the photos' folder {storage.AddressOf("")}");
        try
        {
            // The workers are threads of their own: to wait here blocks nobody else.
            return ReadAsync(relative).GetAwaiter().GetResult().Span;
        }
        catch (Exception error) when (error is StorageException or IOException)
        {
            throw new PictureException(relative, error.Message, error);
        }
    }

    private async Task<Memory<byte>> ReadAsync(string relative)
    {
        await using var stream = await storage.OpenReadAsync(relative, cancellation);
        return await ReadAllAsync(stream, relative);
    }

    private async Task<Memory<byte>> ReadAllAsync(Stream stream, string relative)
    {
        var have = 0;
        while (true)
        {
            if (have > PhotoFile.MostBytes)
                throw new PictureException(relative, $"has more than the {PhotoFile.MostBytes} bytes that a record holds");
            if (have == _bytes.Length)
                Array.Resize(ref _bytes, have * 2);
            var read = await stream.ReadAsync(_bytes.AsMemory(have), cancellation);
            if (read == 0)
                return _bytes.AsMemory(0, have);
            have += read;
        }
    }
}
