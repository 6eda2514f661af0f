using System.Globalization;
using System.Net;

namespace SockSort.Training.Evaluation.Report;

/// <summary>Small parts of a page. Texts go through <see cref="Text"/>; nothing else may hold what a user named.</summary>
internal static class Html
{
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary><c>97.4 %</c>; a dash where there is no figure.</summary>
    public static string Percent(double? share, int digits = 1)
    {
        if (share is not { } value)
            return "–";
        var format = digits == 0 ? "0" : "0." + new string('#', digits);
        return (value * 100).ToString(format, CultureInfo.InvariantCulture) + " %";
    }

    public static string Number(double? value, string format = "0.###") =>
        value is { } number ? number.ToString(format, CultureInfo.InvariantCulture) : "–";

    /// <summary>A coordinate or share within a style or a drawing.</summary>
    public static string Coordinate(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    /// <summary>The last two parts of a path: enough to find a picture again.</summary>
    public static string ShortName(string name)
    {
        var parts = name.Replace('\\', '/').Split('/');
        return string.Join('/', parts[^Math.Min(2, parts.Length)..]);
    }

    /// <summary>A picture from within the page, or a plain field where there is none.</summary>
    public static string Picture(IReadOnlyDictionary<string, byte[]> thumbnails, string name, string alternative) =>
        thumbnails.TryGetValue(name, out var jpeg)
            ? $"<img loading=\"lazy\" alt=\"{Text(alternative)}\" title=\"{Text(name)}\" "
            + $"src=\"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}\">"
            : $"<span class=\"none\" role=\"img\" aria-label=\"{Text(alternative)}\" title=\"{Text(name)}\">?</span>";
}
