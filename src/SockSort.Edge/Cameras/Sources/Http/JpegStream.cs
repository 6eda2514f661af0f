namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>Reads the JPEG pictures of a stream, whatever stands between them.</summary>
internal sealed class JpegStream(Stream stream)
{
    /// <summary>Largest size of a picture in bytes, beyond which it counts as damaged: a picture of 48 megapixels takes less.</summary>
    public const int MostBytes = 32 << 20;

    // The header of the next part follows a picture without an end mark; it takes no more bytes than this.
    private const int LongestHead = 2048;

    private static readonly byte[] EndOfImage = [0xff, 0xd9];

    private readonly JpegScanner _scanner = new();
    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    // Some cameras leave the end mark out of every picture; with all others, a picture without it was cut off.
    private bool _hasEnds;

    /// <summary>Number of pictures that were cut off, malformed or too large.</summary>
    public long Damaged { get; private set; }

    /// <summary>Waits for the next picture and returns it as the bytes of a JPEG file; null at the end of the stream.</summary>
    public async ValueTask<byte[]?> NextAsync(CancellationToken cancel)
    {
        while (true)
        {
            switch (_scanner.Scan(_bytes.AsSpan(0, _length), out var end))
            {
                case JpegFind.Picture or JpegFind.NextPicture when end - _scanner.Start > MostBytes:
                    Damaged++;
                    _scanner.Restart(end);
                    break;
                case JpegFind.Picture:
                    _hasEnds = true;
                    return Take(end, next: end);
                case JpegFind.NextPicture when !_hasEnds:
                    return [.. Take(EndOfPart(end), next: end), .. EndOfImage];
                case JpegFind.NextPicture:
                    Damaged++;
                    _scanner.Restart(end);
                    break;
                case JpegFind.Damaged:
                    Damaged++;
                    _scanner.Restart(_scanner.Start + 2);
                    break;
                default:
                    if (!await ReadMoreAsync(cancel))
                        return null;
                    break;
            }
        }
    }

    private byte[] Take(int end, int next)
    {
        var picture = _bytes.AsSpan(_scanner.Start, end - _scanner.Start).ToArray();
        _scanner.Restart(next);
        return picture;
    }

    /// <summary>Index of the line break before the next boundary, or <paramref name="next"/> if there is none.</summary>
    private int EndOfPart(int next)
    {
        var from = Math.Max(_scanner.Start, next - LongestHead);
        var boundary = _bytes.AsSpan(from, next - from).LastIndexOf("\r\n--"u8);
        return boundary < 0 ? next : from + boundary;
    }

    private async ValueTask<bool> ReadMoreAsync(CancellationToken cancel)
    {
        DropRead();
        if (_length - Math.Max(0, _scanner.Start) > MostBytes)
        {
            Damaged++;
            _scanner.Restart(_length);
            DropRead();
        }
        if (_length == _bytes.Length)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        var read = await ReadAsync(cancel);
        _length += read;
        if (read > 0)
            return true;
        if (_scanner.Start >= 0)
            Damaged++;
        return false;
    }

    private void DropRead()
    {
        var needed = Math.Min(_scanner.Needed, _length);
        if (needed <= 0)
            return;
        _bytes.AsSpan(needed, _length - needed).CopyTo(_bytes);
        _length -= needed;
        _scanner.Shift(needed);
    }

    /// <returns>Number of bytes read; 0 at the end of the stream, also if the connection broke.</returns>
    private async ValueTask<int> ReadAsync(CancellationToken cancel)
    {
        try
        {
            return await stream.ReadAsync(_bytes.AsMemory(_length), cancel);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
