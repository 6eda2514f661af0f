using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SockSort.Server.Hosting;

namespace SockSort.Server.Ksql.Requests;

/// <summary>The JSON body of a request, limited in size, with errors that name the field.</summary>
internal sealed class RequestBody
{
    private readonly JsonElement _root;

    private RequestBody(JsonElement root) => _root = root;

    /// <param name="request">A request whose body is still unread.</param>
    /// <param name="most">The limit in bytes.</param>
    /// <exception cref="RestException">400: the body is not a JSON object; 413: it is too large.</exception>
    public static async Task<RequestBody> ReadAsync(HttpRequest request, long most)
    {
        var body = await BoundedBody.ReadAsync(request, most) ?? throw RestErrors.TooLarge(most);
        try
        {
            using var document = JsonDocument.Parse(body);
            return Of(document.RootElement.Clone());
        }
        catch (JsonException error)
        {
            throw RestErrors.BadRequest($"the body is not JSON: byte {error.BytePositionInLine} of line {error.LineNumber + 1}");
        }
    }

    /// <exception cref="RestException">400: the text is not a JSON object.</exception>
    public static RequestBody Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Of(document.RootElement.Clone());
        }
        catch (JsonException error)
        {
            throw RestErrors.BadRequest($"the first line is not JSON: byte {error.BytePositionInLine}");
        }
    }

    /// <summary>The text of the first of these fields that is present.</summary>
    /// <exception cref="RestException">400: none is present, or it is not a text.</exception>
    public string Text(params string[] names)
    {
        foreach (var name in names)
        {
            if (_root.TryGetProperty(name, out var value))
                return value.ValueKind == JsonValueKind.String
                    ? value.GetString()!
                    : throw RestErrors.BadRequest($"field '{name}' is {Kind(value)}, expected text");
        }
        throw RestErrors.BadRequest($"field '{names[0]}' is missing");
    }

    /// <summary>A whole number; null if the field is absent.</summary>
    /// <exception cref="RestException">400: the value is not a whole number.</exception>
    public long? Number(string name)
    {
        if (!_root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : throw RestErrors.BadRequest($"field '{name}' is {Kind(value)}, expected a whole number");
    }

    /// <summary>The entries of an object, as texts; none if the field is absent.</summary>
    /// <exception cref="RestException">400: the value is not an object of plain values.</exception>
    public IEnumerable<(string Name, string? Value)> Settings(params string[] names)
    {
        foreach (var name in names)
        {
            if (!_root.TryGetProperty(name, out var settings) || settings.ValueKind == JsonValueKind.Null)
                continue;
            if (settings.ValueKind != JsonValueKind.Object)
                throw RestErrors.BadRequest($"field '{name}' is {Kind(settings)}, expected an object");
            foreach (var setting in settings.EnumerateObject())
                yield return (setting.Name, Plain(name, setting));
        }
    }

    private static string? Plain(string field, JsonProperty setting) => setting.Value.ValueKind switch
    {
        JsonValueKind.String => setting.Value.GetString(),
        JsonValueKind.Null => null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => setting.Value.GetRawText(),
        _ =>
            throw RestErrors.BadRequest(
                $"field '{field}.{setting.Name}' is {Kind(setting.Value)}, expected text, a number or a truth value"),
    };

    private static RequestBody Of(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object
            ? new RequestBody(root)
            : throw RestErrors.BadRequest($"the body is {Kind(root)}, expected an object");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };
}
