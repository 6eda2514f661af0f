using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SockSort.Server.Ksql.Requests;
using SockSort.Sql.Formats;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>Whole answers of JSON.</summary>
internal static class Answers
{
    /// <summary>As <c>application/vnd.ksql.v1+json</c> where the client asks for that, else as plain JSON.</summary>
    public static async Task JsonAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = context.Request.Headers.Accept.ToString().Contains(MediaTypes.KsqlJson, StringComparison.Ordinal) ? MediaTypes.KsqlJson : MediaTypes.Json;
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, ClientJson.WriterOptions);
        body.WriteTo(writer);
        await writer.FlushAsync(context.RequestAborted);
    }

    public static Task ErrorAsync(HttpContext context, RestException error)
    {
        if (error.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"socksort\"";
        if (error.Allow is { } method)
            context.Response.Headers.Allow = method;
        return JsonAsync(context, error.Status, error.ToEntity());
    }
}
