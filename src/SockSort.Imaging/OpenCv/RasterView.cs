namespace SockSort.Imaging.OpenCv;

/// <summary>A rectangle of a <see cref="Raster"/>; nothing is copied.</summary>
internal readonly ref struct RasterView(ReadOnlySpan<byte> bytes, int width, int height, int channels, int depth, int pitch)
{
    /// <summary>The bytes from the first pixel on; they may go on behind the last.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public int Channels { get; } = channels;

    /// <summary>Bytes of a sample.</summary>
    public int Depth { get; } = depth;

    /// <summary>Bytes from one row to the next.</summary>
    public int Pitch { get; } = pitch;

    /// <summary>Bytes of a row's pixels.</summary>
    public int RowBytes => Width * Channels * Depth;

    /// <summary>Row <paramref name="y"/> with all that lies behind it.</summary>
    public ReadOnlySpan<byte> From(int y) => Bytes[(y * Pitch)..];

    /// <summary>Row <paramref name="y"/>.</summary>
    public ReadOnlySpan<byte> Row(int y) => Bytes.Slice(y * Pitch, RowBytes);

    /// <summary>The largest square in the middle, as im2rec's <c>--center-crop</c> cuts it.</summary>
    public RasterView CentreSquare()
    {
        var side = Math.Min(Width, Height);
        var (x, y) = Height > Width ? (0, (Height - Width) / 2) : ((Width - Height) / 2, 0);
        return new RasterView(Bytes[(y * Pitch + x * Channels * Depth)..], side, side, Channels, Depth, Pitch);
    }
}
