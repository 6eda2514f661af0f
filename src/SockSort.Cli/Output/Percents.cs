using System.Globalization;

namespace SockSort.Cli.Output;

/// <summary>Formats shares for tables.</summary>
internal static class Percents
{
    /// <param name="share">The share, 0..1; null if it is unknown.</param>
    /// <param name="format">The format of the number of percent.</param>
    /// <returns><c>97.4 %</c>, or a dash.</returns>
    public static string Of(double? share, string format = "0.#") =>
        share is { } value ? (value * 100).ToString(format, CultureInfo.InvariantCulture) + " %" : "-";
}
