namespace SockSort.Imaging.Tests;

/// <summary>Frames that tests and their oracles both can make.</summary>
internal static class Frames
{
    /// <summary>Byte i is <c>(7 i i + 13 i) mod 256</c>: no two rows alike, all values met.</summary>
    public static Frame Pattern(int width, int height)
    {
        var frame = new Frame(width, height);
        for (long i = 0; i < frame.Rgb.Length; i++)
            frame.Rgb[i] = (byte)(i * i * 7 + i * 13);
        return frame;
    }

    /// <summary>Red left half, blue right half, with a green top row.</summary>
    public static Frame Halves(int width, int height)
    {
        var frame = new Frame(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var side = x < width / 2 ? 0 : 2;
                var channel = y == 0 ? 1 : side;
                frame.Rgb[(y * width + x) * 3 + channel] = 200;
            }
        }
        return frame;
    }

    public static (byte Red, byte Green, byte Blue) At(this Frame frame, int x, int y) =>
        (frame.Row(y)[x * 3], frame.Row(y)[x * 3 + 1], frame.Row(y)[x * 3 + 2]);
}
