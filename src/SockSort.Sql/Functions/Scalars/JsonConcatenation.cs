using System.Text;
using System.Text.Json;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>JSON values put together as PostgreSQL's <c>||</c> does.</summary>
internal static class JsonConcatenation
{
    /// <returns>Null where one of the texts holds no value at all.</returns>
    /// <exception cref="FunctionException">A text is no JSON, or there is none.</exception>
    public static string? Of(IReadOnlyList<string> parts)
    {
        if (parts.Count == 0)
            throw new FunctionException("JSON_CONCAT takes one value or more");
        var values = new List<JsonElement>();
        foreach (var part in parts)
        {
            if (JsonValues.Read(part, root => (JsonElement?)root.Clone()) is not { } value)
                return null;
            values.Add(value);
        }
        if (values.Count == 1)
            return JacksonText.Of(values[0], plainNumbers: true);
        return values.TrueForAll(value => value.ValueKind == JsonValueKind.Object) ? Objects(values) : Arrays(values);
    }

    private static string Objects(List<JsonElement> values)
    {
        var members = new OrderedDictionary<string, JsonElement>();
        foreach (var member in values.SelectMany(value => value.EnumerateObject()))
            members[member.Name] = member.Value;
        var text = new StringBuilder();
        JacksonText.Members(text, members, value => JacksonText.Write(text, value, plainNumbers: true));
        return text.ToString();
    }

    private static string Arrays(List<JsonElement> values)
    {
        var items = values.SelectMany(value => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().AsEnumerable() : [value]);
        return $"[{string.Join(",", items.Select(item => JacksonText.Of(item, plainNumbers: true)))}]";
    }
}
