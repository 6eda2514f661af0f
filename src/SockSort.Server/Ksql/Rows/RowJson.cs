using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using SockSort.Sql.Formats;

namespace SockSort.Server.Ksql.Rows;

/// <summary>JSON fragments that all formats of rows share.</summary>
internal static class RowJson
{
    // A writer is larger than most rows.
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes the values as an array.</summary>
    public static void Values(IBufferWriter<byte> into, object?[] values)
    {
        var writer = _writer ??= new(into, ClientJson.WriterOptions);
        writer.Reset(into);
        writer.WriteStartArray();
        foreach (var value in values)
            ClientJson.Write(writer, value);
        writer.WriteEndArray();
        writer.Flush();
    }

    public static void Node(IBufferWriter<byte> into, JsonNode node)
    {
        using var writer = new Utf8JsonWriter(into, ClientJson.WriterOptions);
        node.WriteTo(writer);
    }

    public static JsonObject Error(string reason) => new() { ["@type"] = "generic_error", ["error_code"] = 50000, ["message"] = reason };
}
