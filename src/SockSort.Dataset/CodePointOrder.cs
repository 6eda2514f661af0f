namespace SockSort.Dataset;

/// <summary>
/// Order by Unicode code point, as Python sorts names: U+FB01 comes before U+1F9E6, which UTF-16 code units would turn round.
/// </summary>
internal sealed class CodePointOrder : IComparer<string>
{
    public static readonly CodePointOrder Instance = new();

    public int Compare(string? left, string? right)
    {
        var length = Math.Min(left!.Length, right!.Length);
        var same = left.AsSpan(0, length).CommonPrefixLength(right);
        return same < length ? Weight(left[same]) - Weight(right[same]) : left.Length - right.Length;
    }

    /// <summary>Surrogates stand for code points above all others, so they go behind U+E000 to U+FFFF.</summary>
    private static int Weight(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
