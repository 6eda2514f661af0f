using System.Globalization;

namespace SockSort.Cli.Output;

/// <summary>Shares as tables show them.</summary>
internal static class Percents
{
    /// <param name="share">0..1; null = not known.</param>
    /// <param name="format">Of the number of percent.</param>
    /// <returns><c>97.4 %</c>, or a dash.</returns>
    public static string Of(double? share, string format = "0.#") =>
        share is { } value ? (value * 100).ToString(format, CultureInfo.InvariantCulture) + " %" : "-";
}
