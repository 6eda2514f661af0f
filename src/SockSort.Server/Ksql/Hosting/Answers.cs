using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SockSort.Server.Hosting;
using SockSort.Server.Ksql.Requests;
using SockSort.Sql.Formats;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>Sends complete answers of JSON.</summary>
internal static class Answers
{
    private const int PartBytes = 64 << 10;

    /// <summary>
    /// Sends <c>application/vnd.ksql.v1+json</c> if the client accepts it, otherwise plain JSON. HEAD requests get the headers only.
    /// </summary>
    public static async Task JsonAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = context.Request.Headers.Accept.ToString().Contains(MediaTypes.KsqlJson, StringComparison.Ordinal)
            ? MediaTypes.KsqlJson
            : MediaTypes.Json;
        var json = BytesOf(body);
        context.Response.ContentLength = json.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        using var client = new ReadingClient(
            context.RequestServices.GetRequiredService<KsqlServerOptions>().SendTimeout, context.RequestAborted);
        using var watch = context.RequestServices.GetRequiredService<ServerLog>().Watch("an answer", client.End, context.RequestAborted);
        try
        {
            for (var at = 0; at < json.Length; at += PartBytes)
            {
                var part = json[at..Math.Min(json.Length, at + PartBytes)];
                await client.SendAsync(end => context.Response.Body.WriteAsync(part, end).AsTask());
            }
        }
        catch (OperationCanceledException)
        {
            // Aborted, so that a truncated answer does not look complete.
            context.Abort();
        }
    }

    public static Task ErrorAsync(HttpContext context, RestException error)
    {
        if (error.Allow is { } method)
            context.Response.Headers.Allow = method;
        return JsonAsync(context, error.Status, error.ToEntity());
    }

    private static ReadOnlyMemory<byte> BytesOf(JsonNode body)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, ClientJson.WriterOptions))
            body.WriteTo(writer);
        return json.WrittenMemory;
    }
}
