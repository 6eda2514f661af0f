using System.Globalization;
using System.Text.Json;
using SockSort.Cli.Output;
using SockSort.Cli.Topics;

namespace SockSort.Cli.Commands.Sorting;

/// <summary>How the commands of sorting print what they have read.</summary>
internal static class SortingRows
{
    private static readonly JsonSerializerOptions OneLine = new(JsonOutput.Options) { WriteIndented = false };

    /// <param name="titles">Of the columns.</param>
    /// <param name="cells">The cells of a row, one a column.</param>
    /// <param name="asJson">One JSON object a row, in place of columns.</param>
    public static void Write<T>(IReadOnlyList<T> rows, string[] titles, Func<T, string[]> cells, bool asJson, TextWriter into)
    {
        if (asJson)
        {
            foreach (var row in rows)
                into.WriteLine(JsonSerializer.Serialize(row, OneLine));
            return;
        }
        Columns.Write([titles, .. rows.Select(cells)], isNamed: true, into);
        if (rows.Count == 0)
            into.WriteLine("(no sock was seen yet)");
    }

    public static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>In this machine's time zone; <c>-</c> for none.</summary>
    /// <param name="ms">Milliseconds since 1970, UTC.</param>
    public static string Time(long ms) => ms <= 0
        ? "-"
        : DateTimeOffset.FromUnixTimeMilliseconds(ms).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
