using System.Buffers.Binary;

namespace SockSort.Dataset.RecordIO;

/// <summary>A window over a stream: bytes enter at its end, and leave at its start when a record is done.</summary>
internal sealed class RecordBuffer(Stream stream) : IDisposable
{
    private const int ReadAhead = 1 << 16;

    private byte[] _bytes = new byte[ReadAhead * 2];
    private int _start;
    private int _end;
    private int _consumed;
    private long _offset = stream.CanSeek ? stream.Position : 0;

    /// <summary>Where the window starts, in bytes from the start of the file.</summary>
    public long Offset => _offset;

    /// <summary>Bytes in the window.</summary>
    public int Available => _end - _start;

    public ReadOnlySpan<byte> Span(int at, int length) => _bytes.AsSpan(_start + at, length);

    /// <summary>Reads on until the window holds <paramref name="length"/> bytes; false when the stream ends before.</summary>
    /// <remarks>
    /// A length that the stream cannot have is refused before memory is taken; where the stream cannot tell, the window grows with what
    /// really comes.
    /// </remarks>
    public bool Ensure(int length)
    {
        if (Available >= length)
            return true;
        if (stream.CanSeek && stream.Length - stream.Position < length - Available)
            return false;
        while (Available < length)
        {
            MakeRoom(length);
            var read = stream.Read(_bytes.AsSpan(_end));
            if (read == 0)
                return false;
            _end += read;
        }
        return true;
    }

    /// <summary>Marks bytes as done; they stay readable until <see cref="DropConsumed"/>.</summary>
    public void Consume(int length) => _consumed += length;

    /// <summary>Moves the window's start past the bytes that are done. Always true, for use in conditions.</summary>
    public bool DropConsumed()
    {
        _start += _consumed;
        _offset += _consumed;
        _consumed = 0;
        return true;
    }

    public void Seek(long offset)
    {
        if (!stream.CanSeek)
            throw new NotSupportedException("this source can only be read from start to end; copy it to a file first");
        stream.Position = offset;
        _offset = offset;
        _start = _end = _consumed = 0;
    }

    /// <summary>
    /// Puts the parts at the window's start together, in place, and returns the record's length; it starts behind the first
    /// head. The magic that was left out between two parts is the next head's own.
    /// </summary>
    public int JoinParts()
    {
        var window = _bytes.AsSpan(_start);
        var part = RecordPart.Read(window);
        var length = part.Length;
        for (var at = part.BytesInFile; part.Kind is PartKind.First or PartKind.Middle; at += part.BytesInFile)
        {
            part = RecordPart.Read(window[at..]);
            var data = window.Slice(at + RecordPart.HeadBytes, part.Length);
            var target = window[(RecordPart.HeadBytes + length)..];
            BinaryPrimitives.WriteUInt32LittleEndian(target, RecordPart.Magic);
            data.CopyTo(target[4..]);
            length += 4 + part.Length;
        }
        return length;
    }

    public void Dispose() => stream.Dispose();

    private void MakeRoom(int length)
    {
        if (_bytes.Length - _end > 0 && _start + length <= _bytes.Length)
            return;
        // Doubling bounds what a false length can take to twice the bytes that were really there.
        var size = Math.Min(Math.Max(length, Available + ReadAhead), Math.Max(_bytes.Length, Available * 2 + ReadAhead));
        var target = size > _bytes.Length ? new byte[size] : _bytes;
        _bytes.AsSpan(_start, Available).CopyTo(target);
        _bytes = target;
        _end -= _start;
        _start = 0;
    }
}
