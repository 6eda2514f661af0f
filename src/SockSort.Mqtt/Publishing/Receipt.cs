using System.Text.Json;
using System.Text.Json.Serialization;

namespace SockSort.Mqtt.Publishing;

/// <summary>
/// The messages of one publisher run that a receiver has for good: <c>{"run": "0a1b2c", "seq": 12, "also": [[15, 20]]}</c>.
/// </summary>
/// <param name="Run">The id of one start of the publishing program.</param>
/// <param name="Seq">The highest number up to which no message is missing; 0 where even the first one is.</param>
/// <param name="Also">Further ranges above <paramref name="Seq"/>, ascending, each as its first and last number; null for none.</param>
public sealed record Receipt(string Run, long Seq, long[][]? Also = null)
{
    /// <summary>All confirmed ranges.</summary>
    internal IEnumerable<(long First, long Last)> Ranges =>
        (Also ?? []).Where(range => range.Length == 2).Select(range => (range[0], range[1])).Prepend((1, Seq));

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ReceiptJson.Default.Receipt);

    /// <summary>Reads a receipt; null where the JSON is not one.</summary>
    public static Receipt? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReceiptJson.Default.Receipt) is { Run: not null } receipt ? receipt : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ReceiptJson : JsonSerializerContext;
