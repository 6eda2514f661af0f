using System.Globalization;
using System.Text.RegularExpressions;
using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>The source of a camera: a path, an address, <c>browser</c>, <c>browser:NAME</c> or <c>synthetic:SEED</c>.</summary>
internal sealed partial class CameraSourceType : ScalarType<string>
{
    public static readonly CameraSourceType One = new();

    private const string Synthetic = "synthetic:";
    private const string Browser = "browser";

    private static readonly string[] Schemes = ["rtsp", "rtsps", "rtmp", "rtmps", "http", "https"];

    public override string Words => "path, address, browser or synthetic:SEED";

    protected override string Expected => "a folder, a file, /dev/video0, rtsp://HOST/PATH, browser or synthetic:SEED";

    /// <summary>Whether the source is an address of any scheme.</summary>
    public static bool IsAddress(string source) => Scheme().IsMatch(source);

    /// <summary>Whether the source is a path, before or after it was resolved.</summary>
    public static bool IsPath(string source) =>
        !IsAddress(source) && !IsBrowser(source) && !source.StartsWith(Synthetic, StringComparison.Ordinal);

    /// <summary>Whether the source is a phone, through a page of the live view.</summary>
    public static bool IsBrowser(string source) =>
        source == Browser || source.StartsWith($"{Browser}:", StringComparison.Ordinal);

    protected override bool TryParse(string text, Reading reading, out string? value, ref string hint)
    {
        value = text;
        if (IsPath(text))
        {
            value = PathType.Full(text, reading);
            hint = value is null ? PathType.HomeHint : hint;
            return value is not null;
        }
        if (IsBrowser(text))
        {
            hint = "the name has 1 to 40 letters, digits, '.', '_' or '-', as browser:desk";
            return text == Browser || BrowserName().IsMatch(text);
        }
        if (!IsAddress(text))
        {
            hint = "the seed is a whole number, as synthetic:1";
            return int.TryParse(text[Synthetic.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        }
        hint = "expected an address as rtsp://HOST/PATH, rtmp://HOST/PATH or http://HOST/PATH (rtsps://, rtmps://, https:// too)";
        return Schemes.Contains(Scheme().Match(text).Groups["scheme"].Value, StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex("^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://")]
    private static partial Regex Scheme();

    // The room of cameras checks it again: this one knows no cameras.
    [GeneratedRegex(@"^browser:[A-Za-z0-9._-]{1,40}\z")]
    private static partial Regex BrowserName();
}
