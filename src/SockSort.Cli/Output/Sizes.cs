using System.CommandLine.Parsing;
using System.Globalization;

namespace SockSort.Cli.Output;

/// <summary>Parses and formats numbers of bytes: <c>500000</c>, <c>64MB</c>, <c>1.5GB</c>; the units are powers of 1000.</summary>
internal static class Sizes
{
    private static readonly (string Unit, double Bytes)[] Units = [("GB", 1e9), ("MB", 1e6), ("kB", 1e3), ("KB", 1e3), ("B", 1), ("", 1)];

    /// <summary>Parses the value of an option; an invalid one becomes an error of the command line.</summary>
    public static long ParseOption(ArgumentResult value)
    {
        var text = value.Tokens.Count > 0 ? value.Tokens[0].Value : "";
        foreach (var (unit, bytes) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                && count * bytes is >= 1 and < 1e18)
                return (long)(count * bytes);
        }
        value.AddError($"'{text}' is no size: write 500000, 64MB or 1.5GB");
        return 0;
    }

    public static string Shown(long bytes)
    {
        var (unit, one) = Units.First(unit => bytes >= unit.Bytes);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / one:0.##} {unit}");
    }
}
