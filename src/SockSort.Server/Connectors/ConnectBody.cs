using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SockSort.Server.Hosting;

namespace SockSort.Server.Connectors;

/// <summary>Reads request bodies.</summary>
internal static class ConnectBody
{
    /// <exception cref="ConnectRestException">The body is too large, or not a JSON object.</exception>
    public static async Task<JsonObject> ObjectAsync(HttpContext context, long most)
    {
        var bytes = await BoundedBody.ReadAsync(context.Request, most) ?? throw ConnectRestErrors.TooLarge(most);
        try
        {
            if (JsonNode.Parse(bytes) is JsonObject found)
            {
                // JsonObject reports a duplicate key only when its entries are first read.
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

    /// <summary>Reads a map of settings. Numbers and booleans become text, as in Jackson's maps of strings.</summary>
    /// <param name="settings">The JSON object of keys and values.</param>
    /// <returns>The settings; a JSON null is null.</returns>
    /// <exception cref="ConnectRestException">The node is not an object, or a value is an object or an array.</exception>
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
