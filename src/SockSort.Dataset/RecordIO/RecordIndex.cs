using System.Globalization;

namespace SockSort.Dataset.RecordIO;

/// <summary>An <c>.idx</c> file: which key lies at which offset of the <c>.rec</c>, in the order written.</summary>
/// <remarks>
/// Lines <c>key TAB offset LF</c>. Keys may be negative, out of order, up to 2^64 - 1 and repeated; the last of equal keys counts.
/// </remarks>
public sealed class RecordIndex
{
    private readonly List<(Int128 Key, long Offset)> _lines;
    private readonly Dictionary<Int128, long> _offsets;

    private RecordIndex(List<(Int128 Key, long Offset)> lines)
    {
        _lines = lines;
        _offsets = new Dictionary<Int128, long>(lines.Count);
        foreach (var (key, offset) in lines)
            _offsets[key] = offset;
    }

    /// <summary>Keys in the order written, repeated ones too.</summary>
    public IEnumerable<Int128> Keys => _lines.Select(line => line.Key);

    /// <summary>Keys and offsets in the order written.</summary>
    public IReadOnlyList<(Int128 Key, long Offset)> Lines => _lines;

    /// <summary>The offset of the last record written under <paramref name="key"/>.</summary>
    public bool TryGetOffset(Int128 key, out long offset) => _offsets.TryGetValue(key, out offset);

    /// <param name="path">An <c>.idx</c> file.</param>
    /// <exception cref="RecordIOException">A line is not two whole numbers with a TAB between; names the line.</exception>
    public static RecordIndex Load(string path)
    {
        using var text = new StreamReader(path);
        return Read(text, path);
    }

    /// <param name="text">The lines; read to the end.</param>
    /// <param name="name">What error messages call it.</param>
    public static RecordIndex Read(TextReader text, string name)
    {
        var lines = new List<(Int128, long)>();
        var offset = 0L;
        while (text.ReadLine() is { } line)
        {
            lines.Add(ParseLine(line, lines.Count + 1, name, offset));
            offset += line.Length + 1;
        }
        return new RecordIndex(lines);
    }

    private static (Int128 Key, long Offset) ParseLine(string line, int number, string name, long at)
    {
        var tab = line.IndexOf('\t');
        if (tab > 0
            && Int128.TryParse(line.AsSpan(0, tab), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key)
            && long.TryParse(line.AsSpan(tab + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return (key, offset);
        throw new RecordIOException(
            name, at, $"line {number} is '{Shorten(line)}', expected a key, a TAB and an offset, both whole numbers");
    }

    private static string Shorten(string line) => line.Length <= 60 ? line : line[..60] + "…";
}
