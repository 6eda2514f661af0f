using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Strings as bytes and back, numbers out of bytes, hashes and identifiers.</summary>
internal sealed class EncodingFunctions : IFunctionFamily
{
    private const string Encodings = "encodings: hex, utf8, ascii, base64";
    private const string ByteOrder =
        "the byte order is BIG_ENDIAN, or the one given: BIG_ENDIAN or LITTLE_ENDIAN; any other number of bytes is an error";

    public string Title => "Encodings and hashes";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("TO_BYTES", $"the bytes that a text stands for; {Encodings}")
            .Example("TO_BYTES('sock', 'utf8')", "c29jaw==").Example("TO_BYTES('736F', 'hex')", "c28=")
            .On((string text, string encoding) => new SqlBytes(TextEncoding.Named(encoding).Read(text))),
        new ScalarFunction("FROM_BYTES", $"bytes as text; {Encodings}; hex in upper case, base64 in lines of 76 characters")
            .Example("FROM_BYTES(TO_BYTES('sock', 'utf8'), 'hex')", "736F636B")
            .Example("FROM_BYTES(TO_BYTES('c29jaw==', 'base64'), 'ascii')", "sock")
            .On((SqlBytes bytes, string encoding) => TextEncoding.Named(encoding).Write(bytes.Content)),
        new ScalarFunction(
            "ENCODE",
            $"a text in another encoding; {Encodings}; both must differ; hex may be written as 0x12 or X'12', and comes out in lower case")
            .Example("ENCODE('sock', 'utf8', 'hex')", "736f636b").Example("ENCODE('0x736f636b', 'hex', 'base64')", "c29jaw==")
            .On((string text, string from, string to) => Recode(text, from, to)),
        new ScalarFunction("INT_FROM_BYTES", $"the INTEGER that 4 bytes hold; {ByteOrder}")
            .Example("INT_FROM_BYTES(TO_BYTES('00000102', 'hex'))", "258")
            .Example("INT_FROM_BYTES(TO_BYTES('00000102', 'hex'), 'LITTLE_ENDIAN')", "33619968")
            .On((SqlBytes bytes) => BinaryPrimitives.ReadInt32BigEndian(Exactly(bytes, sizeof(int))))
            .On((SqlBytes bytes, string order) => IsLittle(order)
                ? BinaryPrimitives.ReadInt32LittleEndian(Exactly(bytes, sizeof(int)))
                : BinaryPrimitives.ReadInt32BigEndian(Exactly(bytes, sizeof(int)))),
        new ScalarFunction("BIGINT_FROM_BYTES", $"the BIGINT that 8 bytes hold; {ByteOrder}")
            .Example("BIGINT_FROM_BYTES(TO_BYTES('0000000000000102', 'hex'))", "258")
            .On((SqlBytes bytes) => BinaryPrimitives.ReadInt64BigEndian(Exactly(bytes, sizeof(long))))
            .On((SqlBytes bytes, string order) => IsLittle(order)
                ? BinaryPrimitives.ReadInt64LittleEndian(Exactly(bytes, sizeof(long)))
                : BinaryPrimitives.ReadInt64BigEndian(Exactly(bytes, sizeof(long)))),
        new ScalarFunction("DOUBLE_FROM_BYTES", $"the DOUBLE that 8 bytes hold; {ByteOrder}")
            .Example("DOUBLE_FROM_BYTES(TO_BYTES('3FF8000000000000', 'hex'))", "1.5")
            .On((SqlBytes bytes) => BinaryPrimitives.ReadDoubleBigEndian(Exactly(bytes, sizeof(double))))
            .On((SqlBytes bytes, string order) => IsLittle(order)
                ? BinaryPrimitives.ReadDoubleLittleEndian(Exactly(bytes, sizeof(double)))
                : BinaryPrimitives.ReadDoubleBigEndian(Exactly(bytes, sizeof(double)))),
        new ScalarFunction("MD5", "the MD5 hash of a text's UTF-8 bytes, or of bytes, as 32 hexadecimal digits")
            .Example("MD5('sock')", "317d37b0edc7bd7cbd25d97f53a16ce5")
            .On((string text) => Convert.ToHexStringLower(Md5(Encoding.UTF8.GetBytes(text))))
            .On((SqlBytes bytes) => Convert.ToHexStringLower(Md5(bytes.Content))),
        new ScalarFunction(
            "UUID", "a new random identifier (RFC 4122, version 4), or the one that 16 bytes hold; NULL for any other number of bytes")
            .Example("UUID(TO_BYTES('00112233445566778899AABBCCDDEEFF', 'hex'))", "00112233-4455-6677-8899-aabbccddeeff")
            .On(() => Guid.NewGuid().ToString())
            .On((SqlBytes bytes) => bytes.Content.Length == 16 ? new Guid(bytes.Content, bigEndian: true).ToString() : null),
    ];

    private static string Recode(string text, string from, string to)
    {
        var (source, target) = (TextEncoding.Named(from), TextEncoding.Named(to));
        if (source == target)
            throw new FunctionException($"'{from}' is the encoding already: give two of hex, utf8, ascii, base64");
        var bytes = source.Read(source == TextEncoding.Hex ? HexDigits(text) : text);
        return target == TextEncoding.Hex ? Convert.ToHexStringLower(
            bytes) : target == TextEncoding.Base64 ? Convert.ToBase64String(bytes) : target.Write(bytes);
    }

    /// <summary>
    /// Removes the marks of <c>0x12</c> and <c>X'12'</c>; after 0x a missing first digit counts as 0 (encode.json: encode hex).
    /// </summary>
    private static string HexDigits(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return text.Length % 2 == 0 ? text[2..] : "0" + text[2..];
        return text.Length >= 3 && text[0] is 'x' or 'X' && text[1] == '\'' && text[^1] == '\'' ? text[2..^1] : text;
    }

    private static bool IsLittle(string order) => order.ToUpperInvariant() switch
    {
        "BIG_ENDIAN" => false,
        "LITTLE_ENDIAN" => true,
        _ => throw new FunctionException($"'{order}' is no byte order: write BIG_ENDIAN or LITTLE_ENDIAN"),
    };

    private static byte[] Exactly(SqlBytes bytes, int length) => bytes.Content.Length == length
        ? bytes.Content
        : throw new FunctionException($"{bytes.Content.Length} bytes instead of {length}");

#pragma warning disable CA5351 // The function is named after this hash: it tells values apart and protects nothing.
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351
}
