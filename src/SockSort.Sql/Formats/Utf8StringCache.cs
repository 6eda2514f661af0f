using System.Buffers.Binary;
using System.Text;

namespace SockSort.Sql.Formats;

/// <summary>
/// Returns the same string object for the same short bytes: labels repeat, and a string for each record would be garbage.
/// </summary>
internal sealed class Utf8StringCache
{
    private const int MostBytes = 32;
    private const int Size = 256;
    private const int WordBytes = sizeof(ulong);

    // The bytes of all entries lie in one array, so that a string that never comes again leaves no second object behind.
    private readonly byte[] _bytes = new byte[Size * MostBytes];
    private readonly Entry[] _entries = new Entry[Size];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MostBytes)
            return Encoding.UTF8.GetString(utf8);
        var at = (int)(Hash(utf8) % Size);
        ref var entry = ref _entries[at];
        var known = _bytes.AsSpan(at * MostBytes, MostBytes);
        if (entry.Text is { } text && entry.LengthBytes == utf8.Length && utf8.SequenceEqual(known[..utf8.Length]))
            return text;
        utf8.CopyTo(known);
        entry = new(Encoding.UTF8.GetString(utf8), utf8.Length);
        return entry.Text!;
    }

    /// <summary>Mixes the bytes by words of eight; the last word may hold bytes of the one before it.</summary>
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        // The fractional part of the golden ratio, as in Fibonacci hashing: the upper half of the product depends on all bits.
        const ulong Factor = 0x9E3779B97F4A7C15;
        var hash = (ulong)bytes.Length;
        if (bytes.Length < WordBytes)
        {
            foreach (var next in bytes)
                hash = (hash << 8) | next;
            return (uint)((hash * Factor) >> 32);
        }
        for (var at = 0; at <= bytes.Length - WordBytes; at += WordBytes)
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..])) * Factor;
        hash = (hash ^ (hash >> 32) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[^WordBytes..])) * Factor;
        return (uint)(hash >> 32);
    }

    private readonly record struct Entry(string? Text, int LengthBytes);
}
