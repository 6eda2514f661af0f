using System.Globalization;
using System.Text.Json;
using SockSort.Cli.Output;

namespace SockSort.Cli.Commands.Sorting;

/// <summary>How the commands of sorting write objects and moments.</summary>
internal static class JsonLines
{
    public static readonly JsonSerializerOptions Options = new(JsonOutput.Options) { WriteIndented = false };

    /// <summary>In this machine's time zone; <c>-</c> for none.</summary>
    /// <param name="ms">Milliseconds since 1970, UTC.</param>
    public static string Time(long ms) => ms <= 0
        ? "-"
        : DateTimeOffset.FromUnixTimeMilliseconds(ms).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
