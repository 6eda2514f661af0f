using System.Globalization;
using System.Text;
using SockSort.Shared;

namespace SockSort.Models.Versions;

/// <summary>
/// Which versions were in use, the oldest first: a line each, <c>2026-05-01T12:00:07Z 0a1b2c3d4e5f</c>. A line that is none is left out.
/// </summary>
/// <param name="Uses">The last one is in use, unless the file was written and the program killed before the model was in its place.</param>
internal sealed record UseHistory(IReadOnlyList<(DateTimeOffset At, string Version)> Uses)
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>No line where there is no file.</summary>
    public static UseHistory Read(string path)
    {
        if (!File.Exists(path))
            return new UseHistory([]);
        return new UseHistory([.. File.ReadLines(path).Select(Parse).OfType<(DateTimeOffset, string)>()]);
    }

    /// <summary>Ends with the version that is in use: what follows it was never put in place, or was rolled back.</summary>
    public UseHistory EndingWith(string version, DateTimeOffset at)
    {
        var last = LastOf(version);
        return last < 0 ? With(version, at) : Until(last);
    }

    public UseHistory With(string version, DateTimeOffset at) => new([.. Uses, (at, version)]);

    /// <summary>Up to and with a place.</summary>
    public UseHistory Until(int place) => new([.. Uses.Take(place + 1)]);

    /// <returns>Place of the last use of a version; -1 where it was never in use.</returns>
    public int LastOf(string? version)
    {
        var place = Uses.Count - 1;
        while (place >= 0 && Uses[place].Version != version)
            place--;
        return place;
    }

    /// <summary>Replaces the file in one step.</summary>
    public void Write(string path)
    {
        var lines = Uses.Select(use => $"{use.At.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)} {use.Version}\n");
        DurableFile.Write(path, Encoding.ASCII.GetBytes(string.Concat(lines)));
    }

    private static (DateTimeOffset At, string Version)? Parse(string line) =>
        line.Split(' ') is [var time, { Length: PackageFile.VersionDigits } version]
            && DateTimeOffset.TryParseExact(
                time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? (at, version)
            : null;
}
