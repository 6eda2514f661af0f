using System.Globalization;
using System.Text;

namespace SockSort.Bench.Edge.Glass;

/// <summary>Reads the pictures of a live view's stream, as fast as it may.</summary>
/// <param name="stream">Parts with their length.</param>
/// <param name="bytesPerSecond">How fast the viewer reads; null = as fast as it goes.</param>
internal sealed class StreamReading(Stream stream, double? bytesPerSecond)
{
    // What a slow viewer takes at a time.
    private const int PieceBytes = 4096;

    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly byte[] _one = new byte[1];

    /// <returns>A JPEG; null at the end of the stream.</returns>
    public async Task<byte[]?> NextAsync(CancellationToken cancellation)
    {
        try
        {
            var jpeg = new byte[LengthIn(await HeadAsync(cancellation))];
            for (var read = 0; read < jpeg.Length;)
            {
                var piece = jpeg.AsMemory(read, Math.Min(bytesPerSecond is null ? jpeg.Length : PieceBytes, jpeg.Length - read));
                await stream.ReadExactlyAsync(piece, cancellation);
                read += piece.Length;
                if (bytesPerSecond is { } rate)
                    await Task.Delay(TimeSpan.FromSeconds(piece.Length / rate), cancellation);
            }
            return jpeg;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private async Task<string> HeadAsync(CancellationToken cancellation)
    {
        var head = new List<byte>();
        while (!head.TakeLast(EndOfHead.Length).SequenceEqual(EndOfHead))
        {
            await stream.ReadExactlyAsync(_one, cancellation);
            head.Add(_one[0]);
        }
        return Encoding.ASCII.GetString([.. head]);
    }

    private static int LengthIn(string head)
    {
        const string Length = "Content-Length: ";
        var line = head.Split("\r\n").First(line => line.StartsWith(Length, StringComparison.Ordinal));
        return int.Parse(line.AsSpan(Length.Length), CultureInfo.InvariantCulture);
    }
}
