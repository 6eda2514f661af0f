using System.Text.Json;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>
/// JSON inside strings. A text that is no JSON is an error of the function, so its value is NULL, but where stated otherwise.
/// </summary>
internal sealed class JsonFunctions : IFunctionFamily
{
    private static readonly ParsedOnce<IReadOnlyList<string>> Paths = new(JsonPath.Parse);

    public string Title => "JSON";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction(
            "EXTRACTJSONFIELD", "the value at a path in JSON: a string's text, anything else as JSON; NULL where the path leads nowhere")
            .Example("""EXTRACTJSONFIELD('{"sock": {"color": "red", "sizes": [42, 43]}}', '$.sock.color')""", "red")
            .Example("""EXTRACTJSONFIELD('{"sock": {"color": "red", "sizes": [42, 43]}}', '$.sock.sizes[1]')""", "43")
            .Example("""EXTRACTJSONFIELD('{"sock": {}}', '$.sock.color')""", "null")
            .On((string json, string path) => Extract(json, Paths.Of(path))),
        new ScalarFunction("IS_JSON_STRING", "whether a text is JSON")
            .Nulls("false for NULL")
            .Example("IS_JSON_STRING('[1, 2]')", "true").Example("IS_JSON_STRING('sock')", "false").Example("IS_JSON_STRING('')", "false")
            .On("json STRING", "BOOLEAN", (string? json) => json is not null && JsonValues.IsJson(json), seesNulls: true),
        new ScalarFunction("JSON_ARRAY_LENGTH", "the number of elements of a JSON array; NULL for other JSON")
            .Example("JSON_ARRAY_LENGTH('[1, 2, 3]')", "3").Example("JSON_ARRAY_LENGTH('{}')", "null")
            .On((string json) => JsonValues.Read(json, root => root.ValueKind == JsonValueKind.Array ? root.GetArrayLength() : (int?)null)),
        new ScalarFunction(
            "JSON_ARRAY_CONTAINS",
            "whether a JSON array holds a value; its type counts: 1, 1.0 and '1' are three values; false for other JSON and "
                + "for texts that are none")
            .Nulls("NULL where the JSON is; a NULL value looks for null")
            .Example("JSON_ARRAY_CONTAINS('[1, 2, 3]', 3)", "true")
            .Example("""JSON_ARRAY_CONTAINS('["left", null]', NULL)""", "true")
            .Example("JSON_ARRAY_CONTAINS('[1.0]', 1)", "false")
            .On(
                "json STRING, wanted ANY", "BOOLEAN",
                (string? json, object? wanted) => json is null ? (bool?)null : JsonValues.ArrayContains(json, wanted), seesNulls: true),
        new ScalarFunction("JSON_KEYS", "the keys of a JSON object; NULL for other JSON")
            .Example("""JSON_KEYS('{"left": 1, "right": 2}')""", "[left, right]").Example("JSON_KEYS('[]')", "null")
            .On("json STRING", "ARRAY<STRING>", (string json) => JsonValues.Read(json, Keys)),
        new ScalarFunction("JSON_RECORDS", "the members of a JSON object, texts as they are and other values as JSON; NULL for other JSON")
            .Example("""JSON_RECORDS('{"left": 1, "right": "red"}')""", "{left=1, right=red}")
            .On("json STRING", "MAP<STRING, STRING>", (string json) => JsonValues.Read(json, Records)),
        new ScalarFunction("JSON_ITEMS", "the elements of a JSON array, each as JSON")
            .Example("""JSON_ITEMS('[1, {"left": 2}]')""", "[1, {\"left\":2}]")
            .On("json STRING", "ARRAY<STRING>", (string json) => JsonValues.Read(json, Items)),
        new ScalarFunction(
            "JSON_CONCAT",
            "objects as one object (of equal keys the last counts), arrays as one array; among arrays any other value counts as "
                + "an array of one element")
            .Nulls("NULL where one of them is")
            .Example("""JSON_CONCAT('{"left": 1}', '{"right": 2}')""", "{\"left\":1,\"right\":2}")
            .Example("JSON_CONCAT('[1]', '2', '[3]')", "[1,2,3]")
            .On(
                "parts STRING...", "STRING", (string?[] parts) => parts.Contains(null) ? null : JsonConcatenation.Of(parts!),
                seesNulls: true),
        new ScalarFunction(
            "TO_JSON_STRING", "any value as JSON: members of structs and maps by name, BYTES in base64, DATE, TIME and TIMESTAMP as texts")
            .Nulls("the text null for NULL")
            .Example("TO_JSON_STRING(ARRAY[1, 2])", "[1,2]")
            .Example("TO_JSON_STRING(STRUCT(sock := 'left', size := 42))", "{\"SIZE\":42,\"SOCK\":\"left\"}")
            .On("value ANY", "STRING", (object? value) => JacksonText.Of(value), seesNulls: true),
    ];

    private static string? Extract(string json, IReadOnlyList<string> path) => JsonValues.Read(json, root =>
        JsonPath.Follow(root, path) is not { } found ? null
        : found.ValueKind == JsonValueKind.String ? found.GetString()
        : JacksonText.Of(found));

    private static SqlArray? Keys(JsonElement root) => root.ValueKind == JsonValueKind.Object
        ? new([.. root.EnumerateObject().Select(member => member.Name).Distinct()])
        : null;

    private static SqlMap? Records(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        var entries = new OrderedDictionary<object, object?>();
        foreach (var member in root.EnumerateObject())
            entries[member.Name] = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : JacksonText.Of(member.Value);
        return new(entries);
    }

    private static SqlArray Items(JsonElement root) => root.ValueKind == JsonValueKind.Array
        ? new([.. root.EnumerateArray().Select(item => JacksonText.Of(item))])
        : throw new FunctionException("the JSON is no array");
}
