using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SockSort.Deploy.Tests.KsqlDb;

/// <summary>
/// Answers as ksqlDB does while its command topic is behind, which our server never is: a command is queued, and its outcome is asked for.
/// </summary>
internal sealed class SlowKsqlServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _statuses;

    private SlowKsqlServer(WebApplication app, IEnumerable<string> statuses) => (_app, _statuses) = (app, new(statuses));

    public Uri Address => new(_app.Urls.First());

    /// <summary>The bodies of all requests with statements that change something.</summary>
    public ConcurrentQueue<JsonNode> Sent { get; } = [];

    /// <param name="statuses">What is told of each command, one at a time; the last stays.</param>
    public static async Task<SlowKsqlServer> StartAsync(params string[] statuses)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        _ = builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _ = builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new SlowKsqlServer(app, statuses);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var answer = context.Request.Path.Value switch
        {
            "/info" => new JsonObject { ["KsqlServerInfo"] = new JsonObject { ["version"] = "0.29.0" } },
            "/ksql" => Run((await JsonNode.ParseAsync(context.Request.Body))!),
            _ => (JsonNode)new JsonObject { ["status"] = Next(), ["message"] = "said by the worker" },
        };
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private string Next() => _statuses.Count > 1 && _statuses.TryDequeue(out var status) ? status : _statuses.First();

    private JsonArray Run(JsonNode body)
    {
        if (((string)body["ksql"]!).StartsWith("SHOW", StringComparison.Ordinal))
            return [];
        Sent.Enqueue(body);
        return
        [
            new JsonObject
            {
                ["@type"] = "currentStatus",
                ["commandId"] = "stream/`A`/create",
                ["commandStatus"] = new JsonObject { ["status"] = "QUEUED", ["message"] = "Statement written to command topic" },
                ["commandSequenceNumber"] = Sent.Count,
            },
        ];
    }
}
