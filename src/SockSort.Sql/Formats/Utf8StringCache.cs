using System.Text;

namespace SockSort.Sql.Formats;

/// <summary>
/// Returns the same string object for the same short bytes: labels repeat, and a string for each record would be garbage.
/// </summary>
internal sealed class Utf8StringCache
{
    private const int MaxLength = 32;
    private const int Size = 256;

    private readonly (byte[] Bytes, string Text)[] _entries = new (byte[], string)[Size];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength)
            return Encoding.UTF8.GetString(utf8);
        ref var entry = ref _entries[Hash(utf8) & (Size - 1)];
        if (entry.Bytes is not null && utf8.SequenceEqual(entry.Bytes))
            return entry.Text;
        entry = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        return entry.Text;
    }

    // FNV-1a: short inputs, no setup.
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261;
        foreach (var b in bytes)
            hash = (hash ^ b) * 16777619;
        return hash ^ (hash >> 15);
    }
}
