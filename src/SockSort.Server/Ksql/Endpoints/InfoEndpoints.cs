using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SockSort.Server.Ksql.Hosting;
using SockSort.Server.Ksql.Requests;
using SockSort.Server.Ksql.Statements;
using SockSort.Sql.Engine;

namespace SockSort.Server.Ksql.Endpoints;

/// <summary>What the server is and how it does: <c>/info</c>, <c>/healthcheck</c>, <c>/clusterStatus</c>, <c>/status</c>, <c>/is_valid_property</c>.</summary>
internal sealed class InfoEndpoints(SharedEngine shared, TimeProvider time)
{
    private static readonly string Version = typeof(InfoEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", context => Answer(context, Info()));
        routes.MapGet("/info", context => Answer(context, Info()));
        routes.MapGet("/healthcheck", context => Answer(context, Health()));
        routes.MapGet("/clusterStatus", context => Answer(context, Cluster(context.Request.Host.ToString())));
        routes.MapGet("/status", context => Answer(context, Statuses()));
        routes.MapGet("/status/{**command}", context => Answer(context, Status(context)));
        routes.MapGet("/is_valid_property/{name}", IsValidPropertyAsync);
    }

    private static Task Answer(HttpContext context, JsonNode node) => Answers.JsonAsync(context, 200, node);

    private JsonObject Info() => new()
    {
        ["KsqlServerInfo"] = new JsonObject
        {
            ["version"] = Version,
            ["kafkaClusterId"] = "socksort",
            ["ksqlServiceId"] = shared.Options.ServiceId,
            ["serverStatus"] = "RUNNING",
        },
    };

    /// <summary>Healthy where no query has ended by an error; the details say which have.</summary>
    private JsonObject Health()
    {
        string[] failed = [.. shared.Engine.Snapshot().Queries.Where(query => query.State == QueryState.Error).Select(query => query.Id)];
        var queries = new JsonObject { ["isHealthy"] = failed.Length == 0 };
        if (failed.Length > 0)
            queries["inError"] = new JsonArray([.. failed.Select(id => JsonValue.Create(id))]);
        return new JsonObject
        {
            ["isHealthy"] = failed.Length == 0,
            ["details"] = new JsonObject
            {
                ["metastore"] = new JsonObject { ["isHealthy"] = true },
                ["kafka"] = new JsonObject { ["isHealthy"] = true },
                ["commandRunner"] = new JsonObject { ["isHealthy"] = true },
                ["queries"] = queries,
            },
            ["serverState"] = "READY",
        };
    }

    private JsonObject Cluster(string host) => new()
    {
        ["clusterStatus"] = new JsonObject
        {
            [host] = new JsonObject
            {
                ["hostAlive"] = true,
                ["lastStatusUpdateMs"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
                ["activeStandbyPerQuery"] = new JsonObject(),
                ["hostStoreLags"] = new JsonObject { ["stateStoreLags"] = new JsonObject(), ["updateTimeMs"] = 0 },
            },
        },
    };

    private JsonObject Statuses()
    {
        var statuses = new JsonObject();
        foreach (var (id, (status, _)) in shared.Commands.OrderBy(command => command.Key, StringComparer.Ordinal))
            statuses[id] = status;
        return new JsonObject { ["commandStatuses"] = statuses };
    }

    private JsonObject Status(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["command"]!;
        return shared.Commands.TryGetValue(id, out var known)
            ? new JsonObject { ["status"] = known.Status, ["message"] = known.Message }
            : throw RestErrors.NotFound($"no statement '{id}' has been run since the server started");
    }

    private static Task IsValidPropertyAsync(HttpContext context)
    {
        SessionOfRequest.RequireKnown((string)context.Request.RouteValues["name"]!);
        return Answers.JsonAsync(context, 200, JsonValue.Create(true));
    }
}
