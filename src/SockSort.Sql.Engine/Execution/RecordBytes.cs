using System.Buffers;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// Where a sink writes its records' bytes one after the other: the records of a commit share a few arrays instead of having two each.
/// </summary>
/// <remarks>What has been taken is never written again: whoever stores the records may keep them.</remarks>
internal sealed class RecordBytes : IBufferWriter<byte>
{
    // Well below what the collector treats as large, which it would keep for long.
    private const int ChunkBytes = 32 << 10;

    private byte[] _chunk = [];
    private int _begin;
    private int _end;

    public void Advance(int count) => _end += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _chunk.AsSpan(_end);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _chunk.AsMemory(_end);
    }

    /// <summary>Forgets what has been written and not taken: of a record that could not be written to its end.</summary>
    public void Forget() => _end = _begin;

    /// <summary>Ends a key or value.</summary>
    /// <returns>What was written since the last call.</returns>
    public ReadOnlyMemory<byte> Take()
    {
        var taken = _chunk.AsMemory(_begin, _end - _begin);
        _begin = _end;
        return taken;
    }

    private void Ensure(int sizeHint)
    {
        var room = Math.Max(sizeHint, 1);
        if (room <= _chunk.Length - _end)
            return;
        var written = _chunk.AsSpan(_begin, _end - _begin);
        // What one record needs more than once is doubled, so that a long one is not copied for each of its parts.
        var chunk = new byte[Math.Max(ChunkBytes, (2 * written.Length) + room)];
        written.CopyTo(chunk);
        (_chunk, _begin, _end) = (chunk, 0, written.Length);
    }
}
