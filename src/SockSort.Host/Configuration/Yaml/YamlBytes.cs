using System.Buffers;
using System.Text;
using SockSort.Host.Configuration.Mistakes;

namespace SockSort.Host.Configuration.Yaml;

/// <summary>Decodes the text of a configuration file: UTF-8, with or without a byte order mark, with any line ends.</summary>
internal static class YamlBytes
{
    /// <summary>The largest file. A configuration has a page or two, so a larger file is something else.</summary>
    public const int MostBytes = 1 << 20;

    // YAML allows none of these characters, and the library skips some of them silently.
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Except(['\t', '\n', '\r']).Append(0x7F).Select(code => (char)code)]);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>Null if the bytes are not valid text; <paramref name="mistakes"/> then has the reason.</returns>
    public static string? Decode(ReadOnlySpan<byte> bytes, string file, ICollection<ConfigurationMistake> mistakes)
    {
        if (bytes.Length > MostBytes)
            return Refuse($"is larger than {MostBytes >> 20} MiB", "name the configuration file");
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
            return Refuse("is UTF-16", "save it as UTF-8");
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
            bytes = bytes[3..];
        try
        {
            var text = Strict.GetString(bytes);
            var control = text.AsSpan().IndexOfAny(Controls);
            return control < 0 ? text : Refuse($"holds the control character U+{(int)text[control]:X4}", "take it out", text, control);
        }
        catch (DecoderFallbackException error)
        {
            var before = Encoding.UTF8.GetString(bytes[..Math.Max(0, error.Index)]);
            return Refuse("is no UTF-8", "save it as UTF-8", before, before.Length);
        }

        string? Refuse(string problem, string hint, string text = "", int at = 0)
        {
            mistakes.Add(new ConfigurationMistake(PlaceIn(file, text, at), "", problem, hint));
            return null;
        }
    }

    /// <summary>The line and column of a character; the first one if the text is empty.</summary>
    private static ConfigurationPlace PlaceIn(string file, string text, int at)
    {
        var before = text.AsSpan(0, at);
        return new ConfigurationPlace(file, before.Count('\n') + 1, at - (before.LastIndexOf('\n') + 1) + 1);
    }
}
