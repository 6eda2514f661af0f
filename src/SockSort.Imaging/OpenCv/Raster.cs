namespace SockSort.Imaging.OpenCv;

/// <summary>Pixels between two steps of im2rec, in memory that is used again for the next photo.</summary>
/// <remarks>
/// Rows from top to bottom without padding; channels interleaved: gray, R G B, or R G B A; samples of 1 byte, or of 2 in the
/// machine's byte order. A fresh array of 2.4 MB costs 0.9 ms of page faults, so it only grows.
/// </remarks>
public sealed class Raster
{
    /// <summary>Bytes behind the pixels that a kernel may read (never needs): it loads eight bytes for six.</summary>
    internal const int ReadMargin = 16;

    private byte[] _bytes = [];

    /// <summary>Pixels.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels.</summary>
    public int Height { get; private set; }

    /// <summary>1, 3 or 4.</summary>
    public int Channels { get; private set; }

    /// <summary>Bytes of a sample: 1 or 2.</summary>
    public int Depth { get; private set; }

    /// <summary>Bytes of a row.</summary>
    public int Pitch => Width * Channels * Depth;

    /// <summary>All pixels: <c>Height * Pitch</c> bytes.</summary>
    public Span<byte> Pixels => _bytes.AsSpan(0, Height * Pitch);

    /// <summary>The whole of it.</summary>
    internal RasterView View => new(_bytes, Width, Height, Channels, Depth, Pitch);

    /// <summary>Gives it a shape; what the pixels hold then is not defined.</summary>
    internal void Shape(int width, int height, int channels, int depth = 1)
    {
        var size = checked((int)((long)width * height * channels * depth + ReadMargin));
        if (size > _bytes.Length)
            _bytes = GC.AllocateUninitializedArray<byte>(size, pinned: true);
        (Width, Height, Channels, Depth) = (width, height, channels, depth);
    }
}
