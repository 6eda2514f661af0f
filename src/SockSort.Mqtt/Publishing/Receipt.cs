using System.Text.Json;
using System.Text.Json.Serialization;

namespace SockSort.Mqtt.Publishing;

/// <summary>
/// What a receiver has for good of one run of a publisher: <c>{"run": "0a1b2c", "seq": 12, "also": [[15, 20]]}</c>.
/// </summary>
/// <param name="Run">An id of the publishing program's start.</param>
/// <param name="Seq">Highest number up to which it has all of them; 0 = not even the first.</param>
/// <param name="Also">Ranges that it has beyond, ascending, first and last number each; null for none.</param>
public sealed record Receipt(string Run, long Seq, long[][]? Also = null)
{
    /// <summary>The ranges that are confirmed.</summary>
    internal IEnumerable<(long First, long Last)> Ranges =>
        (Also ?? []).Where(range => range.Length == 2).Select(range => (range[0], range[1])).Prepend((1, Seq));

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ReceiptJson.Default.Receipt);

    /// <summary>Null where it is no receipt.</summary>
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
