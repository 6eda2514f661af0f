namespace SockSort.Imaging.Decoding;

/// <summary>What stands behind transparent pixels: white, whichever way a picture comes (file, GIF, bitmap, video).</summary>
public static class Transparency
{
    private const int White = 255;

    /// <summary>Lays pixels on white, rounded down as libvips does.</summary>
    /// <param name="rgba">R G B A interleaved, colours not multiplied by alpha; 255 is opaque.</param>
    /// <param name="rgb">Receives R G B interleaved; three quarters of the length.</param>
    /// <exception cref="ArgumentException">The lengths do not agree.</exception>
    public static void OntoWhite(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        if (rgba.Length % 4 != 0 || rgb.Length != rgba.Length / 4 * 3)
            throw new ArgumentException($"{rgb.Length} bytes do not hold the colours of {rgba.Length}", nameof(rgb));
        for (int from = 0, to = 0; from < rgba.Length; from += 4, to += 3)
        {
            var alpha = rgba[from + 3];
            rgb[to] = OntoWhite(rgba[from], alpha);
            rgb[to + 1] = OntoWhite(rgba[from + 1], alpha);
            rgb[to + 2] = OntoWhite(rgba[from + 2], alpha);
        }
    }

    private static byte OntoWhite(byte colour, byte alpha) => (byte)((colour * alpha + White * (White - alpha)) / White);
}
