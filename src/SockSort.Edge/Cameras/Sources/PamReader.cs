using System.Globalization;
using System.Text;
using SockSort.Imaging;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>
/// Reads successive raw frames in the format PAM, as ffmpeg writes it: <c>P7</c>, lines of <c>NAME value</c> with the size, <c>ENDHDR</c>,
/// then R G B or R G B A bytes. Transparency is laid on white.
/// </summary>
internal static class PamReader
{
    // A PAM header has seven short lines; a longer one shows that the stream is no PAM.
    private const int MaxHeaderBytes = 200;

    /// <returns>The next frame; null at the end of the stream.</returns>
    /// <exception cref="EndOfStreamException">The stream ends within a frame.</exception>
    /// <exception cref="InvalidDataException">The stream holds something other than PAM pictures of 8 bits per channel.</exception>
    public static async Task<Frame?> ReadAsync(Stream stream, CancellationToken cancel)
    {
        if (await ReadHeaderAsync(stream, cancel) is not { } header)
            return null;
        var (width, height) = (Number(header, "WIDTH"), Number(header, "HEIGHT"));
        var depth = Number(header, "DEPTH");
        if (depth is not (3 or 4) || Number(header, "MAXVAL") != 255)
            throw new InvalidDataException("the PAM picture is neither RGB nor RGBA of 8 bits a channel");
        var frame = new Frame(width, height);
        if (depth == 3)
        {
            await stream.ReadExactlyAsync(frame.Rgb, cancel);
            return frame;
        }
        var rgba = new byte[checked(width * height * 4)];
        await stream.ReadExactlyAsync(rgba, cancel);
        Transparency.OntoWhite(rgba, frame.Rgb);
        return frame;
    }

    /// <summary>Reads the header as a map from name to value; null at the end of the stream.</summary>
    private static async Task<Dictionary<string, string>?> ReadHeaderAsync(Stream stream, CancellationToken cancel)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!EndsWith(text, "ENDHDR\n"))
        {
            if (await stream.ReadAsync(one, cancel) == 0)
                return text.Length == 0 ? null : throw new EndOfStreamException();
            if (text.Append((char)one[0]).Length > MaxHeaderBytes)
                throw new InvalidDataException("no PAM picture");
        }
        var lines = text.ToString().Split('\n');
        return lines[0] == "P7"
            ? lines.Select(line => line.Split(' ', 2)).Where(words => words.Length == 2).ToDictionary(words => words[0], words => words[1])
            : throw new InvalidDataException("no PAM picture");
    }

    private static bool EndsWith(StringBuilder text, string end) =>
        text.Length >= end.Length && text[^1] == end[^1] && text.ToString(text.Length - end.Length, end.Length) == end;

    private static int Number(Dictionary<string, string> header, string name)
    {
        var value = header.GetValueOrDefault(name);
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new InvalidDataException($"'{value}' is no {name} of a PAM picture");
    }
}
