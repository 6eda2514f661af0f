namespace SockSort.Imaging;

/// <summary>One picture in memory: 8 bits a channel, R G B interleaved, rows from top to bottom without padding.</summary>
public sealed class Frame
{
    /// <summary>Width and height in pixels, at least 1.</summary>
    public Frame(int width, int height)
        : this(width, height, new byte[checked(width * height * 3)])
    {
    }

    /// <param name="width">Pixels, at least 1.</param>
    /// <param name="height">Pixels, at least 1.</param>
    /// <param name="rgb">Owned by the frame from now on; <c>width * height * 3</c> bytes.</param>
    /// <exception cref="ArgumentException">The size and the number of bytes do not agree.</exception>
    public Frame(int width, int height, byte[] rgb)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (rgb.Length != (long)width * height * 3)
            throw new ArgumentException($"{rgb.Length} bytes are not {width} x {height} x 3", nameof(rgb));
        Width = width;
        Height = height;
        Rgb = rgb;
    }

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    /// <summary><c>Width * Height * 3</c> bytes.</summary>
    public byte[] Rgb { get; }

    /// <summary>The bytes of row <paramref name="y"/>, 0 at the top.</summary>
    public Span<byte> Row(int y) => Rgb.AsSpan(y * Width * 3, Width * 3);
}
