using System.Buffers.Binary;

namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>
/// Finds where a JPEG picture begins and ends in a stream, by its own markers [ITU T.81, B.1]. What stands between pictures (heads of
/// parts, boundaries, wrong lengths) does not matter, and a picture is whole with its last byte, not with the head of the next part.
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

    /// <summary>Where the picture under way begins; -1 outside of one.</summary>
    public int Start { get; private set; } = NotFound;

    /// <summary>Bytes before this one are not needed any more.</summary>
    public int Needed => Start >= 0 ? Start : _at;

    /// <summary>The caller has dropped so many bytes at the beginning.</summary>
    public void Shift(int bytes)
    {
        _at -= bytes;
        if (Start >= 0)
            Start -= bytes;
    }

    /// <summary>Looks for the next picture from the byte <paramref name="at"/> on.</summary>
    public void Restart(int at) => (_place, Start, _at) = (Place.Outside, NotFound, at);

    /// <summary>Goes on where it stopped.</summary>
    /// <param name="bytes">All that has come and is still needed.</param>
    /// <param name="end">One behind the last byte of the picture that begins at <see cref="Start"/>.</param>
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

    /// <summary>In a scan a marker is an FF that neither 00 (an FF of the data) nor a restart follows.</summary>
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
            case Prefix: // any number of them may fill up before a marker
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

/// <summary>What a <see cref="JpegScanner"/> came upon.</summary>
internal enum JpegFind
{
    /// <summary>More bytes are needed to say.</summary>
    NeedsMore,

    /// <summary>A picture is whole.</summary>
    Picture,

    /// <summary>Another picture begins before the one under way has ended.</summary>
    NextPicture,

    /// <summary>What began is no picture.</summary>
    Damaged,
}
