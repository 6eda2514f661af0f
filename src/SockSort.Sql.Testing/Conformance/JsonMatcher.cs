using System.Text.Json;
using SockSort.Sql.Types;

namespace SockSort.Sql.Testing.Conformance;

/// <summary>Compares JSON by structure: numbers by value, an absent field as null, field names without regard to case.</summary>
/// <remarks>
/// The suite's own runner does so, since it reads both sides by the columns' schema; four tests depend on it: cast.json "mixed" writes a
/// wrong name with null, select.json "new planner" and row-offset-and-partition.json write names in lower case.
/// </remarks>
internal static class JsonMatcher
{
    public static bool Matches(JsonElement? expected, JsonElement? actual)
    {
        if (IsNull(expected) || IsNull(actual))
            return IsNull(expected) && IsNull(actual);
        var (left, right) = (expected!.Value, actual!.Value);
        return (left.ValueKind, right.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => ObjectsMatch(left, right),
            (JsonValueKind.Array, JsonValueKind.Array) => left.GetArrayLength() == right.GetArrayLength()
                && left.EnumerateArray().Zip(right.EnumerateArray()).All(pair => Matches(pair.First, pair.Second)),
            (JsonValueKind.Number, JsonValueKind.Number) => SameNumber(left.GetRawText(), right.GetRawText()),
            (JsonValueKind.String, JsonValueKind.String) => left.GetString() == right.GetString(),
            _ => left.ValueKind == right.ValueKind,
        };
    }

    private static bool IsNull(JsonElement? element) =>
        element is null || element.Value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    private static bool ObjectsMatch(JsonElement left, JsonElement right)
    {
        var names = left.EnumerateObject().Concat(right.EnumerateObject()).Select(property => property.Name);
        return names.All(name => Matches(Find(left, name), Find(right, name)));
    }

    private static JsonElement? Find(JsonElement node, string name)
    {
        if (node.TryGetProperty(name, out var found))
            return found;
        foreach (var property in node.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }
        return null;
    }

    private static bool SameNumber(string left, string right) =>
        BigDecimal.TryParse(left, out var a) && BigDecimal.TryParse(right, out var b)
        && (a.Equals(b) || a.ToDouble().Equals(b.ToDouble()));
}
