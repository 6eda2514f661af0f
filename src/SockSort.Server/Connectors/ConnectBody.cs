using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SockSort.Server.Hosting;

namespace SockSort.Server.Connectors;

/// <summary>Reads bodies of requests.</summary>
internal static class ConnectBody
{
    /// <exception cref="ConnectRestException">It is too large, or no JSON object.</exception>
    public static async Task<JsonObject> ObjectAsync(HttpContext context, long most)
    {
        var bytes = await BoundedBody.ReadAsync(context.Request, most) ?? throw ConnectRestErrors.TooLarge(most);
        try
        {
            if (JsonNode.Parse(bytes) is JsonObject found)
            {
                // A key that stands there twice is told of only here.
                _ = found.Count;
                return found;
            }
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw ConnectRestErrors.Body($"it is no JSON ({error.Message})");
        }
        throw ConnectRestErrors.Body("it is no JSON object");
    }

    /// <summary>Texts, numbers, true and false as texts; as Jackson reads a map of texts.</summary>
    /// <param name="settings">An object.</param>
    /// <returns>Null values as null.</returns>
    /// <exception cref="ConnectRestException">A value is an object or a list.</exception>
    public static Dictionary<string, string?> Settings(JsonNode? settings)
    {
        if (settings is not JsonObject values)
            throw ConnectRestErrors.Body("'config' is no object of keys and values");
        return values.ToDictionary(entry => entry.Key, entry => entry.Value switch
        {
            null => null,
            JsonValue value => $"{value}",
            _ => throw ConnectRestErrors.Body($"the value of '{entry.Key}' is no text"),
        });
    }
}
