using System.Text;

namespace SockSort.Dataset.Photos;

/// <summary>Order of names by their Unicode code points, as Python's <c>sorted</c> and im2rec have it; UTF-8 bytes sort the same.</summary>
/// <remarks>Ordinal comparison is by UTF-16 units, which puts U+1F9E6 before U+FF21.</remarks>
internal sealed class CodePointOrder : IComparer<string>
{
    public static readonly CodePointOrder Instance = new();

    public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}
