using System.Globalization;
using System.Text;
using System.Text.Json;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>Reads one JSON value as a SQL type, with ksqlDB's conversions: numbers in strings, anything as STRING.</summary>
internal sealed class JsonValueReader(Utf8StringCache strings)
{
    /// <summary>Reads a value. The reader stands on the value's first token and ends on its last.</summary>
    /// <exception cref="FormatException">The value is none of that type.</exception>
    public void Read(ref Utf8JsonReader reader, SqlType type, ref Slot slot)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            slot = default;
            return;
        }
        slot = type.Base switch
        {
            SqlBaseType.String => Slot.Of(ReadString(ref reader)),
            SqlBaseType.Double => Slot.Of(ReadDouble(ref reader)),
            SqlBaseType.Bigint or SqlBaseType.Timestamp => Slot.Of(ReadLong(ref reader)),
            SqlBaseType.Integer or SqlBaseType.Date or SqlBaseType.Time => Slot.Of((long)unchecked((int)ReadLong(ref reader))),
            SqlBaseType.Boolean => Slot.Of(ReadBoolean(ref reader)),
            _ => Slot.Of(ReadReference(ref reader, type)),
        };
    }

    public static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "nothing",
    };

    private static FormatException Wrong(JsonTokenType token, string wanted) => new($"{wanted} is needed, but it holds {Describe(token)}");

    private string ReadString(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.ValueIsEscaped ? reader.GetString()! : strings.Get(reader.ValueSpan);
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                using (var document = JsonDocument.ParseValue(ref reader))
                    return JsonSerializer.Serialize(document.RootElement, JsonText.Compact);
            default:
                return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private static long ReadLong(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.TryGetInt64(out var whole) ? whole : JavaNumbers.ToLong(reader.GetDouble());
        return reader.TokenType == JsonTokenType.String
            ? long.Parse(reader.GetString()!.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : throw Wrong(reader.TokenType, "a whole number");
    }

    private static double ReadDouble(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String => ParseDouble(reader.GetString()!),
        _ => throw Wrong(reader.TokenType, "a number"),
    };

    private static double ParseDouble(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static bool ReadBoolean(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw Wrong(reader.TokenType, "a boolean");

    private object ReadReference(ref Utf8JsonReader reader, SqlType type) => type switch
    {
        DecimalType target => ReadDecimal(ref reader, target),
        { Base: SqlBaseType.Bytes } =>
            reader.TokenType == JsonTokenType.String
                ? new SqlBytes(reader.GetBytesFromBase64())
                : throw Wrong(reader.TokenType, "a base64 string"),
        ArrayType array => ReadArray(ref reader, array),
        MapType map => ReadMap(ref reader, map),
        StructType row => ReadStruct(ref reader, row),
        _ => throw new InvalidOperationException($"JSON has no form of {type}"),
    };

    private static BigDecimal ReadDecimal(ref Utf8JsonReader reader, DecimalType type)
    {
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
            throw Wrong(reader.TokenType, "a number");
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
        return SqlCasts.Fit(BigDecimal.Parse(text), type);
    }

    private SqlArray ReadArray(ref Utf8JsonReader reader, ArrayType type)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Wrong(reader.TokenType, "an array");
        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadObject(ref reader, type.Element));
        return new(items);
    }

    private SqlMap ReadMap(ref Utf8JsonReader reader, MapType type)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Wrong(reader.TokenType, "an object");
        var entries = new OrderedDictionary<object, object?>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            _ = reader.Read();
            entries[SqlCasts.FromText(name, type.Key)!] = ReadObject(ref reader, type.Value);
        }
        return new(entries);
    }

    private SqlStruct ReadStruct(ref Utf8JsonReader reader, StructType type)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Wrong(reader.TokenType, "an object");
        var values = new object?[type.Fields.Count];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            _ = reader.Read();
            var index = type.IndexOf(name) is var exact and >= 0 ? exact : type.IndexOf(name.ToUpperInvariant());
            if (index < 0)
                reader.Skip();
            else
                values[index] = ReadObject(ref reader, type.Fields[index].Type);
        }
        return new(type, values);
    }

    private object? ReadObject(ref Utf8JsonReader reader, SqlType type)
    {
        Slot slot = default;
        Read(ref reader, type, ref slot);
        return slot.ToObject(type.Base);
    }
}
