using System.Globalization;
using System.Text;
using SockSort.Imaging;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>Raw frames one after the other, each with its size: binary PPM (<c>P6 WIDTH HEIGHT 255</c>, then R G B bytes) as ffmpeg writes it.</summary>
internal static class PpmReader
{
    // "P6\n", two numbers and "255\n" take fewer; more means that this is no PPM.
    private const int MaxHeaderBytes = 40;

    /// <returns>Null at the end of the stream.</returns>
    /// <exception cref="EndOfStreamException">The stream ends within a frame.</exception>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public static async Task<Frame?> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var magic = await ReadWordAsync(stream, cancel);
        if (magic.Length == 0)
            return null;
        if (magic != "P6")
            throw new InvalidDataException($"'{magic}' begins no PPM picture");
        var width = await ReadNumberAsync(stream, cancel);
        var height = await ReadNumberAsync(stream, cancel);
        if (await ReadNumberAsync(stream, cancel) != 255)
            throw new InvalidDataException("the PPM picture has not 8 bits a channel");
        var frame = new Frame(width, height);
        await stream.ReadExactlyAsync(frame.Rgb, cancel);
        return frame;
    }

    private static async Task<int> ReadNumberAsync(Stream stream, CancellationToken cancel)
    {
        var word = await ReadWordAsync(stream, cancel);
        if (word.Length == 0)
            throw new EndOfStreamException();
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new InvalidDataException($"'{word}' is no size of a PPM picture");
    }

    /// <summary>The characters up to the next blank or line end, which is taken too.</summary>
    private static async Task<string> ReadWordAsync(Stream stream, CancellationToken cancel)
    {
        var word = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancel) == 1 && !char.IsWhiteSpace((char)one[0]))
        {
            if (word.Append((char)one[0]).Length > MaxHeaderBytes)
                throw new InvalidDataException("no PPM picture");
        }
        return word.ToString();
    }
}
