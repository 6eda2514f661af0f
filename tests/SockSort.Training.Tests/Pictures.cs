using SockSort.Imaging;
using SockSort.Imaging.Encoding;

namespace SockSort.Training.Tests;

/// <summary>Pictures that are told apart by eye.</summary>
internal static class Pictures
{
    public static Frame Plain(int width, int height, byte red, byte green, byte blue)
    {
        var frame = new Frame(width, height);
        for (var i = 0; i < frame.Rgb.Length; i += 3)
            (frame.Rgb[i], frame.Rgb[i + 1], frame.Rgb[i + 2]) = (red, green, blue);
        return frame;
    }

    /// <summary>Red grows to the right, green downwards.</summary>
    public static Frame Slope(int side)
    {
        var frame = Plain(side, side, 0, 0, 90);
        for (var i = 0; i < side * side; i++)
            (frame.Rgb[i * 3], frame.Rgb[i * 3 + 1]) = ((byte)(i % side * 2), (byte)(i / side * 2));
        return frame;
    }

    public static Frame Mirror(Frame frame)
    {
        var mirrored = new Frame(frame.Width, frame.Height);
        for (var i = 0; i < frame.Width * frame.Height; i++)
            frame.Rgb.AsSpan((i / frame.Width * frame.Width + frame.Width - 1 - i % frame.Width) * 3, 3).CopyTo(mirrored.Rgb.AsSpan(i * 3));
        return mirrored;
    }

    /// <summary>Stripes across the picture on a grey table; <paramref name="shift"/> makes each photo another.</summary>
    public static Frame Striped(byte red, byte green, byte blue, int shift)
    {
        var frame = Plain(128, 128, 190, 188, 180);
        for (var y = 10 + shift; y < 118; y++)
        {
            for (var x = 40 - shift; x < 90; x++)
            {
                if (y / 9 % 2 == 0)
                    (frame.Rgb[(y * 128 + x) * 3], frame.Rgb[(y * 128 + x) * 3 + 1], frame.Rgb[(y * 128 + x) * 3 + 2]) = (red, green, blue);
                else
                    (frame.Rgb[(y * 128 + x) * 3], frame.Rgb[(y * 128 + x) * 3 + 1], frame.Rgb[(y * 128 + x) * 3 + 2]) = (20, 20, 30);
            }
        }
        return frame;
    }

    /// <summary>Writes photos of a red and a blue sock, three each, below <paramref name="root"/>.</summary>
    public static void WriteTwoSocks(string root)
    {
        for (var shift = 0; shift < 3; shift++)
        {
            Write(root, $"class-red/{shift}.png", Striped(220, 30, 30, shift * 5));
            Write(root, $"class-sky_blue/{shift}.png", Striped(40, 90, 230, shift * 5));
        }
    }

    public static void Write(string root, string name, Frame frame)
    {
        var path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, PngWriter.Encode(frame));
    }
}
