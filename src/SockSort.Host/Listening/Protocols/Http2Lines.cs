using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace SockSort.Host.Listening.Protocols;

/// <summary>
/// Splits the data frames of an HTTP/2 connection at line ends: ksqlDB's clients take a frame for one answer or row, but Kestrel merges
/// writes that are flushed shortly after each other into one frame.
/// </summary>
internal static class Http2Lines
{
    // RFC 9113, 4.1: length (24 bits), type, flags, stream.
    private const int HeadLength = 9;
    private const byte Data = 0;
    private const byte EndOfStream = 1;
    private const byte Padded = 8;

    /// <summary>Runs a connection whose output is split this way.</summary>
    public static async Task RunAsync(IDuplexPipe transport, Func<IDuplexPipe, Task> run)
    {
        var pipe = new Pipe(new PipeOptions(useSynchronizationContext: false));
        var copying = CopyAsync(pipe.Reader, transport.Output);
        try
        {
            await run(new Connection(transport.Input, pipe.Writer));
        }
        finally
        {
            await pipe.Writer.CompleteAsync();
            await copying;
        }
    }

    private static async Task CopyAsync(PipeReader from, PipeWriter to)
    {
        try
        {
            while (true)
            {
                var read = await from.ReadAsync();
                var rest = read.Buffer;
                while (TryTake(ref rest, out var frame))
                    Write(frame, to);
                from.AdvanceTo(rest.Start, rest.End);
                var flushed = await to.FlushAsync();
                if (read.IsCompleted || flushed.IsCompleted || flushed.IsCanceled)
                    return;
            }
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or OperationCanceledException)
        {
            // The client has disconnected: the writer notices it by the completed reader.
        }
        finally
        {
            await from.CompleteAsync();
            await to.CompleteAsync();
        }
    }

    private static bool TryTake(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> frame)
    {
        frame = default;
        if (buffer.Length < HeadLength)
            return false;
        Span<byte> head = stackalloc byte[HeadLength];
        buffer.Slice(0, HeadLength).CopyTo(head);
        var length = HeadLength + ((head[0] << 16) | (head[1] << 8) | head[2]);
        if (buffer.Length < length)
            return false;
        frame = buffer.Slice(0, length);
        buffer = buffer.Slice(length);
        return true;
    }

    private static void Write(ReadOnlySequence<byte> frame, PipeWriter to)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        frame.Slice(0, HeadLength).CopyTo(head);
        var (type, flags) = (head[3], head[4]);
        var payload = frame.Slice(HeadLength);
        while (type == Data && (flags & Padded) == 0 && payload.PositionOf((byte)'\n') is { } end)
        {
            var line = payload.Slice(0, payload.GetPosition(1, end));
            if (line.Length == payload.Length)
                break;
            Write(to, head, (byte)(flags & ~EndOfStream), line);
            payload = payload.Slice(line.Length);
        }
        Write(to, head, flags, payload);
    }

    private static void Write(PipeWriter to, ReadOnlySpan<byte> head, byte flags, ReadOnlySequence<byte> payload)
    {
        var written = to.GetSpan(HeadLength);
        head.CopyTo(written);
        BinaryPrimitives.WriteInt32BigEndian(written, ((int)payload.Length << 8) | head[3]);
        written[4] = flags;
        to.Advance(HeadLength);
        foreach (var part in payload)
            to.Write(part.Span);
    }

    private sealed class Connection(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
