using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SockSort.Connect.Worker;

namespace SockSort.Server.Connectors;

/// <summary>
/// The routes of <c>/connectors/{name}/offsets</c>. Offsets may be read at any time, and changed while the connector is stopped.
/// </summary>
internal sealed class OffsetEndpoints(SavedConnectors saved, ConnectServerOptions options)
{
    private const string Path = "/connectors/{name}/offsets";

    private ConnectWorker Worker => saved.Worker;

    public void Map(ConnectRoutes routes)
    {
        routes.Get(Path, ShowAsync);
        routes.Patch(Path, AlterAsync);
        routes.Delete(Path, ResetAsync);
    }

    private ConnectorInfo Find(HttpContext context) => saved.Find((string)context.GetRouteValue("name")!);

    private Task ShowAsync(HttpContext context) => ConnectAnswers.JsonAsync(context, new JsonObject
    {
        ["offsets"] = new JsonArray([.. Worker.OffsetsOf(Find(context).Name).Select(EntityOf)]),
    });

    private static JsonNode EntityOf(ConnectorOffset offset) => new JsonObject
    {
        ["partition"] = new JsonObject { ["kafka_partition"] = offset.Partition, ["kafka_topic"] = offset.Topic },
        ["offset"] = new JsonObject { ["kafka_offset"] = offset.Next },
    };

    private async Task AlterAsync(HttpContext context)
    {
        var connector = Find(context);
        var body = await ConnectBody.ObjectAsync(context, options.MostBodyBytes);
        if (body["offsets"] is not JsonArray { Count: > 0 } given)
            throw ConnectRestErrors.NoOffsetsGiven();
        await Worker.AlterOffsetsAsync(connector.Name, [.. given.Select(OffsetOf)], context.RequestAborted);
        await DoneAsync(context, "altered");
    }

    private async Task ResetAsync(HttpContext context)
    {
        await Worker.ResetOffsetsAsync(Find(context).Name, context.RequestAborted);
        await DoneAsync(context, "reset");
    }

    private static Task DoneAsync(HttpContext context, string what) => ConnectAnswers.JsonAsync(
        context, new JsonObject { ["message"] = $"The offsets for this connector have been {what} successfully" });

    private static ConnectorOffset OffsetOf(JsonNode? given)
    {
        var partition = given?["partition"] as JsonObject;
        if (partition?["kafka_topic"] is not { } topic || partition["kafka_partition"] is not { } number)
            throw ConnectRestErrors.PartitionKeys();
        if (!int.TryParse($"{number}", NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            throw ConnectRestErrors.PartitionValue($"{number}");
        return new ConnectorOffset($"{topic}", index, NextOf(given!["offset"]));
    }

    private static long? NextOf(JsonNode? offset)
    {
        if (offset is null)
            return null;
        if (offset is not JsonObject entry || entry["kafka_offset"] is not { } next)
            throw ConnectRestErrors.OffsetKey();
        return long.TryParse($"{next}", NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ConnectRestErrors.OffsetValue($"{next}");
    }
}
