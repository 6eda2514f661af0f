namespace SockSort.Log;

/// <summary>Memory for the batches of one read, used again by the next: who reads without end makes no garbage of it.</summary>
public sealed class RecordBuffer
{
    private byte[] _bytes = [];
    private int _used;

    /// <summary>A copy that lives until <see cref="Restart"/>.</summary>
    internal ReadOnlyMemory<byte> Hold(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - _used)
            (_bytes, _used) = (new byte[Math.Max(bytes.Length, _bytes.Length * 2)], 0);
        bytes.CopyTo(_bytes.AsSpan(_used));
        _used += bytes.Length;
        return _bytes.AsMemory(_used - bytes.Length, bytes.Length);
    }

    /// <summary>What was held is no longer needed.</summary>
    internal void Restart() => _used = 0;
}
