using System.Globalization;
using System.Text;

namespace SockSort.Models.Package;

/// <summary>A list of labels as people and programs write it.</summary>
internal static class LabelList
{
    private static readonly char[] BehindNumbers = [' ', '\t', ':', ',', ';', '='];

    /// <param name="bytes">UTF-8, or UTF-16 with its mark; lines end with LF, CR LF or CR.</param>
    /// <param name="file">What errors call it.</param>
    /// <exception cref="ModelException">It is empty, a line in it is, or a label stands there twice.</exception>
    public static IReadOnlyList<string> Read(byte[] bytes, string file)
    {
        using var text = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        string[] lines = [.. text.ReadToEnd().ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.Trim())];
        if (lines is [""])
            throw ModelErrors.NoLabels(file, inPackage: false);
        var empty = Array.FindIndex(lines, line => line.Length == 0);
        if (empty >= 0)
            throw ModelErrors.BlankLine(file, empty + 1, inPackage: false);
        var labels = Numbered(lines) ?? lines;
        var twice = labels.GroupBy(label => label, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? labels : throw ModelErrors.TwiceLine(file, twice.Key);
    }

    /// <summary>
    /// <c>0 Google</c>, <c>1: Mongo</c>: in the order of the numbers, where each stands there once, from 0 or from 1. Null for other lists.
    /// </summary>
    private static string[]? Numbered(string[] lines)
    {
        var labels = new SortedDictionary<int, string>();
        foreach (var line in lines)
        {
            var end = line.AsSpan().IndexOfAny(BehindNumbers);
            if (end < 1 || !int.TryParse(line[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            var label = line[end..].TrimStart(BehindNumbers).Trim().Trim('"');
            if (label.Length == 0 || !labels.TryAdd(number, label))
                return null;
        }
        var first = labels.Keys.First();
        var isWhole = first is 0 or 1 && labels.Keys.Last() == first + lines.Length - 1;
        return isWhole ? [.. labels.Values] : null;
    }
}
