using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SockSort.Imaging.OpenCv;

/// <summary>
/// Chooses a filter for each row as libpng does: the one whose bytes, taken as signed, have the smallest sum of magnitudes.
/// </summary>
/// <remarks>Source: <c>png_write_find_filter</c> of libpng 1.6.40; PNG specification, clause 9.</remarks>
internal sealed class PngFilter
{
    private const int Kinds = 5; // none, sub, up, average, Paeth

    private readonly byte[][] _filtered = new byte[Kinds][];
    private byte[] _row = [];
    private byte[] _above = [];
    private int _pixelBytes;
    private bool _swap;
    private bool _noUp;
    private bool _noLeft;

    /// <summary>Prepares for a picture's first row.</summary>
    public void Start(RasterView picture)
    {
        _pixelBytes = picture.Channels * picture.Depth;
        _swap = picture.Depth == 2 && BitConverter.IsLittleEndian;
        _row = new byte[picture.RowBytes];
        _above = new byte[picture.RowBytes];
        for (var kind = 0; kind < Kinds; kind++)
        {
            _filtered[kind] = new byte[picture.RowBytes + 1];
            _filtered[kind][0] = (byte)kind;
        }
        // libpng tries no filter that looks up in a picture of one row, and none that looks left in one of one column.
        (_noUp, _noLeft) = (picture.Height == 1, picture.Width == 1);
    }

    /// <summary>The next row with its filter byte; valid until the next call.</summary>
    /// <param name="pixels">Samples of 16 bits in the machine's byte order.</param>
    public ReadOnlySpan<byte> Next(ReadOnlySpan<byte> pixels)
    {
        (_row, _above) = (_above, _row);
        if (_swap)
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(pixels), MemoryMarshal.Cast<byte, ushort>(_row.AsSpan()));
        else
            pixels.CopyTo(_row);
        var best = 0;
        var least = long.MaxValue;
        for (var kind = 0; kind < Kinds; kind++)
        {
            if (!IsTried(kind))
                continue;
            var sum = Apply(kind, _filtered[kind].AsSpan(1));
            if (sum < least)
                (best, least) = (kind, sum);
        }
        return _filtered[best];
    }

    private bool IsTried(int kind) => kind switch
    {
        0 => true,
        1 => !_noLeft,
        2 => !_noUp,
        _ => !_noLeft && !_noUp,
    };

    private long Apply(int kind, Span<byte> target)
    {
        long sum = 0;
        for (var i = 0; i < target.Length; i++)
        {
            var left = i >= _pixelBytes ? _row[i - _pixelBytes] : 0;
            var corner = i >= _pixelBytes ? _above[i - _pixelBytes] : 0;
            var guess = kind switch
            {
                0 => 0,
                1 => left,
                2 => _above[i],
                3 => (left + _above[i]) / 2,
                _ => Paeth(left, _above[i], corner),
            };
            var value = (byte)(_row[i] - guess);
            target[i] = value;
            sum += value < 128 ? value : 256 - value;
        }
        return sum;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - 2 * corner));
        if (toLeft <= toAbove && toLeft <= toCorner)
            return left;
        return toAbove <= toCorner ? above : corner;
    }
}
