using System.Text.Json;
using System.Text.Json.Serialization;
using SockSort.Imaging.Kernels;

namespace SockSort.Models.Package;

/// <summary>One number where all colours share it, else an array of three: red, green, blue.</summary>
internal sealed class ChannelValuesJson : JsonConverter<ChannelValues>
{
    public override ChannelValues Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.GetSingle();
        return JsonSerializer.Deserialize<float[]>(ref reader, options) is [var red, var green, var blue]
            ? new ChannelValues(red, green, blue)
            : throw new JsonException("a mean or scale is one number, or three for red, green, blue");
    }

    public override void Write(Utf8JsonWriter writer, ChannelValues value, JsonSerializerOptions options)
    {
        if (value.IsUniform)
        {
            writer.WriteNumberValue(value.Red);
            return;
        }
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Red);
        writer.WriteNumberValue(value.Green);
        writer.WriteNumberValue(value.Blue);
        writer.WriteEndArray();
    }
}
