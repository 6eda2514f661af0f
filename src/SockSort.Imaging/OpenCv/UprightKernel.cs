namespace SockSort.Imaging.OpenCv;

/// <summary>Turns and mirrors a picture by its EXIF orientation.</summary>
internal static class UprightKernel
{
    /// <param name="source">8 bits a sample.</param>
    /// <param name="orientation">2 .. 8; EXIF 2.3, tag 0x0112.</param>
    /// <param name="target">Receives the shape and the pixels.</param>
    public static void Turn(Raster source, int orientation, Raster target)
    {
        var sideways = orientation >= 5;
        var (width, height) = sideways ? (source.Height, source.Width) : (source.Width, source.Height);
        target.Shape(width, height, source.Channels);
        var channels = source.Channels;
        ReadOnlySpan<byte> from = source.Pixels;
        var to = target.Pixels;
        var (start, stepX, stepY) = Path(orientation, source.Width, source.Height);
        for (int y = 0, at = 0; y < target.Height; y++)
        {
            var pixel = (start + y * stepY) * channels;
            for (var x = 0; x < target.Width; x++, pixel += stepX * channels, at += channels)
            {
                for (var c = 0; c < channels; c++)
                    to[at + c] = from[pixel + c];
            }
        }
    }

    /// <summary>The source pixel of the target's first, and how many pixels on lie the target's right and lower neighbour.</summary>
    private static (int Start, int StepX, int StepY) Path(int orientation, int width, int height)
    {
        var last = width * height - 1;
        return orientation switch
        {
            2 => (width - 1, -1, width),
            3 => (last, -1, -width),
            4 => (last - (width - 1), 1, -width),
            5 => (0, width, 1),
            6 => (last - (width - 1), -width, 1),
            7 => (last, -width, -1),
            8 => (width - 1, width, -1),
            _ => (0, 1, width),
        };
    }
}
