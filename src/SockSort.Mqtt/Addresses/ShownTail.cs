using System.Text.RegularExpressions;

namespace SockSort.Mqtt.Addresses;

/// <summary>
/// Path and query of a camera's address as they may be shown. Cameras take passwords in the query under any name, some in the path
/// (<c>/user=admin_password=secret_channel=1.sdp</c>), some have a random word for a path: of values with a name only those are shown that
/// say which picture is wanted.
/// </summary>
internal static partial class ShownTail
{
    private const string Mask = "***";

    private static readonly string[] Harmless =
    [
        "camera", "cam", "channel", "ch", "codec", "compression", "fps", "height", "profile", "res", "resolution", "src", "stream",
        "streamtype", "subtype", "videocodec", "width",
    ];

    /// <param name="tail">Path, query and fragment as written.</param>
    /// <param name="mayHoldPassword">Whether an <c>@</c> in it may be the end of a password.</param>
    public static string Of(string tail, bool mayHoldPassword = false)
    {
        if (mayHoldPassword && tail.LastIndexOf('@') is >= 0 and var at)
            return $"/{Mask}{tail[at]}{Of(tail[(at + 1)..])}";
        var end = tail.IndexOfAny(['?', '#']);
        var path = end < 0 ? tail : tail[..end];
        var query = end < 0 ? "" : tail[end..];
        var pairs = QueryPairs().Matches(query).Where(IsHarmless).Select(pair => pair.Value).ToList();
        return PathOf(path) + (pairs.Count > 0 ? "?" + string.Join('&', pairs) : "");
    }

    /// <summary>
    /// Cuts the path at the first name that holds a value: behind it only harmless pairs are left, as a password may hold a slash.
    /// </summary>
    private static string PathOf(string path)
    {
        var first = PathPairs().Match(path);
        if (!first.Success)
            return RandomWord().Replace(path, Mask);
        var pairs = PathPairs().Matches(path).Select(pair => IsHarmless(pair) ? pair.Value : $"{pair.Groups["name"].Value}={Mask}");
        return PathOf(path[..first.Index]) + string.Join('&', pairs);
    }

    private static bool IsHarmless(Match pair) =>
        Harmless.Contains(pair.Groups["name"].Value.ToLowerInvariant()) && PlainValue().IsMatch(pair.Groups["value"].Value);

    [GeneratedRegex(@"(?<=[?&;])(?<name>[A-Za-z][\w-]*)=(?<value>[^&;#]*)")]
    private static partial Regex QueryPairs();

    [GeneratedRegex(@"(?<=[/&;,_])(?<name>[A-Za-z][A-Za-z0-9-]*)=(?<value>.*?)(?=[/&;,]|_[A-Za-z][A-Za-z0-9-]*=|$)")]
    private static partial Regex PathPairs();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,24}$")]
    private static partial Regex PlainValue();

    // A key as cameras' recorders make them: 16 or more letters and digits, in both cases or hexadecimal.
    [GeneratedRegex(@"(?<=/)(?=[^/]*\d)((?=[^/]*[a-z])(?=[^/]*[A-Z])[A-Za-z0-9]{16,}|(?=[^/]*[A-Fa-f])[0-9A-Fa-f-]{16,})(?=/|$)")]
    private static partial Regex RandomWord();
}
