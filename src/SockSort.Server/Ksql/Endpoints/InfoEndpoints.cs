using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SockSort.Server.Ksql.Hosting;
using SockSort.Server.Ksql.Requests;
using SockSort.Server.Ksql.Statements;
using SockSort.Shared;
using SockSort.Sql.Engine.Connectors;
using SockSort.Sql.Engine.Queries;

namespace SockSort.Server.Ksql.Endpoints;

/// <summary>
/// Routes for identity and health: <c>/info</c>, <c>/healthcheck</c>, <c>/v1/metadata</c>, <c>/clusterStatus</c>, <c>/status</c>,
/// <c>/is_valid_property</c>, <c>/heartbeat</c>, <c>/lag</c>, <c>/chc/live</c>, <c>/chc/ready</c>.
/// </summary>
internal sealed class InfoEndpoints(SharedEngine shared, TimeProvider time)
{
    private const string KafkaCluster = "socksort";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/", Methods.Reading, RedirectToInfo);
        Answer(routes, "/info", _ => Info());
        Answer(routes, "/healthcheck", _ => Health());
        Answer(routes, "/v1/metadata", _ => new JsonObject { ["version"] = ProductVersion.Text, ["clusterId"] = ClusterId() });
        Answer(routes, "/v1/metadata/id", _ => ClusterId());
        Answer(routes, "/clusterStatus", context => Cluster(context.Request.Host.ToString()));
        // Nodes of a cluster and load balancers use these routes; the only node always answers that it is alive.
        routes.MapPost("/heartbeat", context => Answers.JsonAsync(context, StatusCodes.Status200OK, new JsonObject { ["ok"] = true }));
        routes.MapPost("/lag", context => Answers.JsonAsync(context, StatusCodes.Status200OK, new JsonObject { ["ok"] = true }));
        Answer(routes, "/chc/live", _ => new JsonObject());
        Answer(routes, "/chc/ready", _ => new JsonObject());
        Answer(routes, "/status", _ => Statuses());
        Answer(routes, "/status/{**command}", Status);
        Answer(routes, "/is_valid_property/{name}", IsValidProperty);
    }

    private static void Answer(IEndpointRouteBuilder routes, string path, Func<HttpContext, JsonNode> answer) =>
        routes.MapMethods(
            path, Methods.Reading, MediaTypes.Answering(context => Answers.JsonAsync(context, StatusCodes.Status200OK, answer(context))));

    private JsonObject ClusterId() => new()
    {
        ["scope"] = new JsonObject
        {
            ["path"] = new JsonArray(),
            ["clusters"] = new JsonObject { ["kafka-cluster"] = KafkaCluster, ["ksql-cluster"] = shared.Options.ServiceId },
        },
        ["id"] = "",
    };

    private static Task RedirectToInfo(HttpContext context)
    {
        (context.Response.StatusCode, context.Response.Headers.Location) = (StatusCodes.Status307TemporaryRedirect, "/info");
        return Task.CompletedTask;
    }

    private JsonObject Info() => new()
    {
        ["KsqlServerInfo"] = new JsonObject
        {
            ["version"] = ProductVersion.Text,
            ["kafkaClusterId"] = KafkaCluster,
            ["ksqlServiceId"] = shared.Options.ServiceId,
            ["serverStatus"] = "RUNNING",
        },
    };

    /// <summary>
    /// The server is healthy if no query has an error, no connector has failed and the log can be written (ksqlDB's <c>kafka</c>); the
    /// details name what has failed.
    /// </summary>
    private JsonObject Health()
    {
        var now = shared.Engine.Snapshot();
        string[] failed = [.. now.Queries.Where(query => query.State == QueryState.Error).Select(query => query.Id)];
        var queries = new JsonObject { ["isHealthy"] = failed.Length == 0 };
        if (failed.Length > 0)
            queries["inError"] = new JsonArray([.. failed.Select(id => JsonValue.Create(id))]);
        var connectors = Connectors(shared.Engine.Connectors);
        return new JsonObject
        {
            ["isHealthy"] = failed.Length == 0 && now.Trouble is null && (bool)connectors["isHealthy"]!,
            ["details"] = new JsonObject
            {
                ["metastore"] = new JsonObject { ["isHealthy"] = true },
                ["kafka"] = Storage(now.Trouble),
                ["commandRunner"] = new JsonObject { ["isHealthy"] = true },
                ["queries"] = queries,
                ["connectors"] = connectors,
            },
            ["serverState"] = "READY",
        };
    }

    private static JsonObject Connectors(IReadOnlyList<ConnectorInfo> connectors)
    {
        var failed = connectors.Where(connector => connector.HasFailed).ToList();
        var health = new JsonObject { ["isHealthy"] = failed.Count == 0 };
        if (failed.Count > 0)
            health["inError"] = new JsonArray(
                [
                    .. failed.Select(
                        connector =>
                            new JsonObject { ["name"] = connector.Name, ["state"] = connector.State, ["message"] = connector.Trace }),
                ]);
        return health;
    }

    private static JsonObject Storage(StorageTrouble? trouble) => trouble is null
        ? new JsonObject { ["isHealthy"] = true }
        : new JsonObject
        {
            ["isHealthy"] = false,
            ["message"] = trouble.Problem,
            ["retryAt"] = trouble.RetryAt.ToString("O", CultureInfo.InvariantCulture),
        };

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
        return shared.Commands.TryGetValue(id, out var known) || shared.Commands.TryGetValue(WithQuotes(id), out known)
            ? new JsonObject { ["status"] = known.Status, ["message"] = known.Message }
            : throw RestErrors.NotFound($"no statement '{id}' has been run since the server started");
    }

    /// <summary>Adds the backquotes that ksqlDB's documentation omits: <c>stream/PAGEVIEWS/create</c>.</summary>
    private static string WithQuotes(string id) => id.Split('/') is [var kind, var name, var action] ? $"{kind}/`{name}`/{action}" : id;

    private static JsonValue IsValidProperty(HttpContext context)
    {
        SessionOfRequest.RequireKnown((string)context.Request.RouteValues["name"]!);
        return JsonValue.Create(true);
    }
}
