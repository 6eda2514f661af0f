using System.Text;
using System.Text.Json;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Reads the first JSON value of a text; what follows it does not count (extract-json-field.json).</summary>
internal static class JsonValues
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    /// <summary>Reads the value and passes it to <paramref name="use"/>, which may not keep the element.</summary>
    /// <returns>The default for a text without any value.</returns>
    /// <exception cref="FunctionException">The text is no JSON.</exception>
    public static T? Read<T>(string json, Func<JsonElement, T?> use)
    {
        if (string.IsNullOrWhiteSpace(json))
            return default;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), Options);
            using var document = JsonDocument.ParseValue(ref reader);
            return use(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new FunctionException($"no JSON: {error.Message.TrimEnd('.')}");
        }
    }

    public static bool IsJson(string json)
    {
        try
        {
            return Read(json, _ => true);
        }
        catch (FunctionException)
        {
            return false;
        }
    }

    /// <summary>Whether the text is an array that holds the value at its top level.</summary>
    public static bool ArrayContains(string json, object? wanted)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return false;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (Is(ref reader, wanted))
                    return true;
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            return false;
        }
        return false;
    }

    private static bool Is(ref Utf8JsonReader reader, object? wanted) => (reader.TokenType, wanted) switch
    {
        (JsonTokenType.Null, null) => true,
        (JsonTokenType.True, bool value) => value,
        (JsonTokenType.False, bool value) => !value,
        (JsonTokenType.String, string value) => reader.ValueTextEquals(value),
        (JsonTokenType.Number, int value) => IsWhole(reader.ValueSpan) && reader.TryGetInt32(out var number) && number == value,
        (JsonTokenType.Number, long value) => IsWhole(reader.ValueSpan) && reader.TryGetInt64(out var number) && number == value,
        (JsonTokenType.Number, double value) => !IsWhole(reader.ValueSpan) && reader.GetDouble() == value,
        _ => false,
    };

    private static bool IsWhole(ReadOnlySpan<byte> number) => !number.ContainsAny((byte)'.', (byte)'e', (byte)'E');
}
