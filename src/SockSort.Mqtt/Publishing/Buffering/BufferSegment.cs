using System.Globalization;

namespace SockSort.Mqtt.Publishing.Buffering;

/// <summary>
/// One file of the disk buffer, named after the position of its first message. It is append-only, and deleted as a whole. Used by one
/// thread at a time, except <see cref="Sync"/>.
/// </summary>
internal sealed class BufferSegment : IDisposable
{
    public const string Ending = ".buffer";

    private readonly FileStream _file;

    // The offset in the file at which each message begins.
    private readonly List<int> _offsets = [];
    private int _length;

    private BufferSegment(string path, long first)
    {
        First = first;
        _file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            // Without a buffer, data is with the operating system when the call returns, so kill -9 loses nothing.
            BufferSize = 0,
        });
    }

    /// <summary>The position of its first message.</summary>
    public long First { get; }

    /// <summary>The position after its last message.</summary>
    public long Next => First + _offsets.Count;

    public long Bytes => _length;

    /// <summary>Whether the data after its last complete entry was cut off or damaged.</summary>
    public bool IsTorn { get; private set; }

    public static BufferSegment Create(string folder, long first) => new(PathOf(folder, first), first);

    /// <summary>Opens an existing file and reads its entries; an incomplete or damaged end is removed.</summary>
    public static BufferSegment Open(string path, Action<long, OutboxMessage> found, Action<long, long> settled)
    {
        var first = long.Parse(Path.GetFileNameWithoutExtension(path), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        var segment = new BufferSegment(path, first);
        segment.Read(File.ReadAllBytes(path), found, settled);
        return segment;
    }

    /// <exception cref="IOException">Nothing was added.</exception>
    public void Add(OutboxMessage message)
    {
        var offset = _length;
        Write(BufferEntry.Of(message));
        _offsets.Add(offset);
    }

    /// <inheritdoc cref="Add"/>
    public void AddSettled(long first, long last) => Write(BufferEntry.OfSettled(first, last));

    /// <summary>Reads the message at a position; null where the disk does not return it intact.</summary>
    public OutboxMessage? Read(long position)
    {
        var index = (int)(position - First);
        var end = index + 1 < _offsets.Count ? _offsets[index + 1] : _length;
        var bytes = new byte[end - _offsets[index]];
        if (RandomAccess.Read(_file.SafeFileHandle, bytes, _offsets[index]) != bytes.Length)
            return null;
        var body = BufferEntry.BodyOf(bytes);
        return body.IsEmpty ? null : BufferEntry.MessageOf(body);
    }

    /// <summary>Flushes the file to the disk, so that it survives a power cut.</summary>
    public void Sync() => RandomAccess.FlushToDisk(_file.SafeFileHandle);

    public void Delete()
    {
        _file.Dispose();
        File.Delete(_file.Name);
    }

    public void Dispose() => _file.Dispose();

    private static string PathOf(string folder, long first) =>
        Path.Combine(folder, first.ToString("x16", CultureInfo.InvariantCulture) + Ending);

    private void Read(byte[] bytes, Action<long, OutboxMessage> found, Action<long, long> settled)
    {
        while (_length < bytes.Length)
        {
            var body = BufferEntry.BodyOf(bytes.AsSpan(_length));
            if (body.IsEmpty)
                break;
            if (BufferEntry.IsMessage(body))
            {
                found(Next, BufferEntry.MessageOf(body));
                _offsets.Add(_length);
            }
            else
            {
                var (first, last) = BufferEntry.SettledOf(body);
                settled(first, last);
            }
            _length += BufferEntry.HeaderBytes + body.Length;
        }
        IsTorn = _length < bytes.Length;
        if (IsTorn)
            _file.SetLength(_length);
    }

    // A partly written entry is overwritten by the next one, or removed at the next start.
    private void Write(byte[] entry)
    {
        RandomAccess.Write(_file.SafeFileHandle, entry, _length);
        _length += entry.Length;
    }
}
