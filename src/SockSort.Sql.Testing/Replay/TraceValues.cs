using System.Text.Json;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;

namespace SockSort.Sql.Testing.Replay;

/// <summary>
/// Converts what <c>socksort topic print --json</c> writes into the form of the test files: JSON as JSON, headers as a list.
/// </summary>
internal static class TraceValues
{
    public static JsonElement Unpacked(JsonElement node, DataSource source)
    {
        var fields = new Dictionary<string, object?>();
        foreach (var field in node.EnumerateObject())
        {
            fields[field.Name] = field.Name switch
            {
                "key" => Unpacked(field.Value, source.KeyFormat),
                "value" => Unpacked(field.Value, source.ValueFormat),
                "headers" when field.Value.ValueKind == JsonValueKind.Object => Headers(field.Value),
                _ => field.Value,
            };
        }
        return JsonSerializer.SerializeToElement(fields, JsonText.Compact);
    }

    /// <summary>Unpacks a text in place of JSON where it holds an object or array.</summary>
    private static JsonElement Unpacked(JsonElement value, FormatSpec format)
    {
        if (format.Kind != FormatKind.Json || value.ValueKind != JsonValueKind.String
            || value.GetString()!.TrimStart() is not ['{' or '[', ..])
            return value;
        return JsonDocument.Parse(value.GetString()!).RootElement;
    }

    private static IEnumerable<object> Headers(JsonElement headers) => headers.EnumerateObject().Select(header => (object)new
    {
        KEY = header.Name,
        VALUE = header.Value.ValueKind == JsonValueKind.String
            ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(header.Value.GetString()!))
            : null,
    });
}
