using System.Text.Json;
using System.Text.Unicode;

namespace SockSort.Sql.Engine.Clients;

/// <summary>Names the formats that the keys or values of some records may have, as ksqlDB's <c>PRINT</c> does before their lines.</summary>
/// <remarks>Source: <c>RecordFormatter</c> of ksqlDB's REST server.</remarks>
internal static class TopicFormats
{
    private const string NoData = @"¯\_(ツ)_/¯ - no data processed";
    private const string Unrecognized = "UNRECOGNIZED_BYTES";

    // Of the start of its window, behind a windowed key.
    private const int WindowBytes = 8;

    private static readonly (string Name, Func<ReadOnlyMemory<byte>, bool> Fits)[] Formats =
    [
        ("JSON", IsJson),
        ("KAFKA_INT", bytes => bytes.Length == sizeof(int)),
        ("KAFKA_BIGINT", bytes => bytes.Length == sizeof(long)),
        ("KAFKA_DOUBLE", bytes => bytes.Length == sizeof(double)),
        ("HOPPING(KAFKA_STRING)", IsWindowedText),
        ("TUMBLING(KAFKA_STRING)", IsWindowedText),
        ("KAFKA_STRING", bytes => Utf8.IsValid(bytes.Span)),
    ];

    /// <returns>The formats that fit all of them, joined by <c>or</c>.</returns>
    public static string Of(IEnumerable<ReadOnlyMemory<byte>?> parts)
    {
        var present = parts.OfType<ReadOnlyMemory<byte>>().ToList();
        if (present.Count == 0)
            return NoData;
        var fitting = Formats.Where(format => present.TrueForAll(part => format.Fits(part))).Select(format => format.Name).ToList();
        return fitting.Count == 0 ? Unrecognized : string.Join(" or ", fitting);
    }

    private static bool IsJson(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The first byte of a window's start is 0, which no text begins with.</summary>
    private static bool IsWindowedText(ReadOnlyMemory<byte> bytes) => bytes.Length > WindowBytes
        && bytes.Span[^WindowBytes] == 0 && Utf8.IsValid(bytes.Span[..^WindowBytes]);
}
