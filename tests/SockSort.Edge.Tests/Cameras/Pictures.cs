using System.Diagnostics;
using SockSort.Edge.Cameras;
using SockSort.Imaging;
using SockSort.Imaging.Encoding;

namespace SockSort.Edge.Tests.Cameras;

/// <summary>Pictures of one colour each, and what can be made of them.</summary>
internal static class Pictures
{
    public const int Width = 64;
    public const int Height = 36;

    public static readonly (byte Red, byte Green, byte Blue)[] Colours = [(220, 30, 30), (30, 200, 40), (40, 60, 210), (230, 210, 30)];

    public static Frame Plain((byte Red, byte Green, byte Blue) colour, int width = Width, int height = Height)
    {
        var frame = new Frame(width, height);
        for (var at = 0; at < frame.Rgb.Length; at += 3)
            (frame.Rgb[at], frame.Rgb[at + 1], frame.Rgb[at + 2]) = colour;
        return frame;
    }

    /// <summary>Writes <c>1.png</c>, <c>2.png</c> … in the order of <see cref="Colours"/>.</summary>
    public static void WriteFolder(string folder)
    {
        for (var index = 0; index < Colours.Length; index++)
            File.WriteAllBytes(Path.Combine(folder, $"{index + 1}.png"), PngWriter.Encode(Plain(Colours[index])));
    }

    /// <summary>Index of the nearest of <see cref="Colours"/> in the middle of the picture.</summary>
    public static int ColourOf(Frame frame)
    {
        var middle = frame.Row(frame.Height / 2).Slice(frame.Width / 2 * 3, 3).ToArray();
        return Array.IndexOf(
            Colours,
            Colours.MinBy(
                colour => Distance(colour.Red, middle[0]) + Distance(colour.Green, middle[1]) + Distance(colour.Blue, middle[2])));
    }

    /// <summary>All frames up to the end of the camera.</summary>
    public static async Task<List<CameraFrame>> ReadAllAsync(ICamera camera)
    {
        List<CameraFrame> frames = [];
        while (await camera.NextAsync(TestContext.Current.CancellationToken) is { } frame)
            frames.Add(frame);
        return frames;
    }

    public static void RunFfmpeg(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["-nostdin", "-loglevel", "error", "-y", .. arguments]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static int Distance(byte left, byte right) => Math.Abs(left - right);
}
