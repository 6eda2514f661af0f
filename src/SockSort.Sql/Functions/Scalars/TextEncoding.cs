using System.Text;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>A way to write bytes as text.</summary>
internal sealed class TextEncoding
{
    public static readonly TextEncoding Hex = new(ReadHex, Convert.ToHexString);
    public static readonly TextEncoding Utf8 = new(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);
    public static readonly TextEncoding Ascii = new(ReadAscii, WriteAscii);
    public static readonly TextEncoding Base64 = new(
        ReadBase64, bytes => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks));

    private TextEncoding(Func<string, byte[]> read, Func<byte[], string> write) => (Read, Write) = (read, write);

    public Func<string, byte[]> Read { get; }

    public Func<byte[], string> Write { get; }

    /// <param name="name">The name, in upper or lower case.</param>
    /// <exception cref="FunctionException">There is no such encoding.</exception>
    public static TextEncoding Named(string name) => name.ToLowerInvariant() switch
    {
        "hex" => Hex,
        "utf8" => Utf8,
        "ascii" => Ascii,
        "base64" => Base64,
        _ => throw new FunctionException($"'{name}' is no encoding: write hex, utf8, ascii or base64"),
    };

    private static byte[] ReadHex(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            throw new FunctionException($"'{text}' is no hexadecimal number with an even number of digits");
        }
    }

    /// <summary>Other characters become one question mark each, also those of two UTF-16 units.</summary>
    private static byte[] ReadAscii(string text) => [.. text.EnumerateRunes().Select(rune => rune.IsAscii ? (byte)rune.Value : (byte)'?')];

    /// <summary>Bytes above 127 become U+FFFD, as in Java (encode.json: encode hex).</summary>
    private static string WriteAscii(byte[] bytes) => string.Create(bytes.Length, bytes, (text, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            text[i] = source[i] < 128 ? (char)source[i] : '\uFFFD';
    });

    /// <summary>Passes over what is no letter of the alphabet and takes the URL-safe letters, as Java's decoders do.</summary>
    private static byte[] ReadBase64(string text)
    {
        var letters = new StringBuilder(text.Length + 3);
        foreach (var c in text.TakeWhile(c => c != '='))
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '-' or '_')
                _ = letters.Append(c switch { '-' => '+', '_' => '/', _ => c });
        }
        // One letter alone holds 6 bits: no byte.
        if (letters.Length % 4 == 1)
            letters.Length--;
        _ = letters.Append('=', (4 - (letters.Length % 4)) % 4);
        return Convert.FromBase64String(letters.ToString());
    }
}
