using System.Buffers.Binary;

namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>
/// Finds where JPEG pictures begin and end in a stream by their own markers [ITU T.81, B.1]. Data between pictures (part headers,
/// boundaries, wrong lengths) is ignored, and a picture is complete with its last byte, not only with the header of the next part.
/// </summary>
internal sealed class JpegScanner
{
    private const byte Prefix = 0xff;
    private const byte StartOfImage = 0xd8;
    private const byte EndOfImage = 0xd9;
    private const byte StartOfScan = 0xda;
    private const int NotFound = -1;

    private enum Place
    {
        Outside,
        AtMarker,
        InScan,
    }

    private Place _place;
    private int _at;

    /// <summary>Index of the current picture's first byte; -1 outside of a picture.</summary>
    public int Start { get; private set; } = NotFound;

    /// <summary>Index of the first byte that is still needed.</summary>
    public int Needed => Start >= 0 ? Start : _at;

    /// <summary>Must be called when the caller has removed this many bytes from the beginning.</summary>
    public void Shift(int bytes)
    {
        _at -= bytes;
        if (Start >= 0)
            Start -= bytes;
    }

    /// <summary>Starts the search for the next picture at byte <paramref name="at"/>.</summary>
    public void Restart(int at) => (_place, Start, _at) = (Place.Outside, NotFound, at);

    /// <summary>Continues the scan where it stopped.</summary>
    /// <param name="bytes">All bytes that have arrived and are still needed.</param>
    /// <param name="end">Index after the last byte of the picture that begins at <see cref="Start"/>.</param>
    public JpegFind Scan(ReadOnlySpan<byte> bytes, out int end)
    {
        end = 0;
        while (true)
        {
            var find = _place switch
            {
                Place.Outside => FindStart(bytes),
                Place.InScan => FindMarker(bytes),
                _ => ReadMarker(bytes),
            };
            if (find is null)
                continue;
            end = _at;
            return find.Value;
        }
    }

    private JpegFind? FindStart(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> start = [Prefix, StartOfImage, Prefix];
        var found = bytes[_at..].IndexOf(start);
        if (found < 0)
        {
            _at = Math.Max(_at, bytes.Length - start.Length + 1);
            return JpegFind.NeedsMore;
        }
        Start = _at + found;
        (_place, _at) = (Place.AtMarker, Start + 2);
        return null;
    }

    /// <summary>
    /// Finds the next marker in a scan: an FF that is followed neither by 00 (an FF of the data) nor by a restart marker.
    /// </summary>
    private JpegFind? FindMarker(ReadOnlySpan<byte> bytes)
    {
        var found = bytes[_at..].IndexOf(Prefix);
        if (found < 0 || _at + found + 1 >= bytes.Length)
        {
            _at = found < 0 ? bytes.Length : _at + found;
            return JpegFind.NeedsMore;
        }
        _at += found;
        if (bytes[_at + 1] is 0 or (>= 0xd0 and <= 0xd7))
            _at += 2;
        else
            _place = Place.AtMarker;
        return null;
    }

    private JpegFind? ReadMarker(ReadOnlySpan<byte> bytes)
    {
        if (_at + 2 > bytes.Length)
            return JpegFind.NeedsMore;
        if (bytes[_at] != Prefix)
            return JpegFind.Damaged;
        switch (bytes[_at + 1])
        {
            case Prefix: // any number of fill bytes FF may precede a marker
                _at++;
                return null;
            case EndOfImage:
                _at += 2;
                return JpegFind.Picture;
            case StartOfImage:
                return JpegFind.NextPicture;
            case 0x01 or (>= 0xd0 and <= 0xd7): // markers without a segment
                _at += 2;
                return null;
            case 0:
                return JpegFind.Damaged;
            default:
                return SkipSegment(bytes);
        }
    }

    private JpegFind? SkipSegment(ReadOnlySpan<byte> bytes)
    {
        if (_at + 4 > bytes.Length)
            return JpegFind.NeedsMore;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(_at + 2)..]);
        if (length < 2)
            return JpegFind.Damaged;
        if (_at + 2 + length > bytes.Length)
            return JpegFind.NeedsMore;
        _place = bytes[_at + 1] == StartOfScan ? Place.InScan : Place.AtMarker;
        _at += 2 + length;
        return null;
    }
}

/// <summary>What a <see cref="JpegScanner"/> found.</summary>
internal enum JpegFind
{
    /// <summary>More bytes are needed to decide.</summary>
    NeedsMore,

    /// <summary>A picture is complete.</summary>
    Picture,

    /// <summary>Another picture begins before the current one has ended.</summary>
    NextPicture,

    /// <summary>The data after a start marker is no picture.</summary>
    Damaged,
}
