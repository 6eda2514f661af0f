using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SockSort.Server.Connectors;

/// <summary>Writes complete JSON responses, as Kafka Connect does.</summary>
internal static class ConnectAnswers
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a JSON response; a HEAD request gets the headers only.</summary>
    public static async Task JsonAsync(HttpContext context, int status, JsonNode body)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, Plain);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }

    public static Task JsonAsync(HttpContext context, JsonNode body) => JsonAsync(context, StatusCodes.Status200OK, body);

    /// <summary>Writes an error response with Connect's entity <c>ErrorMessage</c>.</summary>
    public static Task ErrorAsync(HttpContext context, ConnectRestException error) => JsonAsync(
        context, error.Status, new JsonObject { ["error_code"] = error.Status, ["message"] = error.Message });

    public static Task Empty(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Returns the texts as a JSON array.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)JsonValue.Create(text))];
}
