using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SockSort.Host.Parts;

namespace SockSort.Cli.Run;

/// <summary><c>GET /parts</c>: the parts of the process, in the order of their start, and how each is.</summary>
internal static class PartRoutes
{
    public static void Map(IEndpointRouteBuilder routes, PartHost host) => routes.MapGet("/parts", context =>
        context.Response.WriteAsJsonAsync(new JsonArray([.. host.Parts.Select(EntryOf)]), context.RequestAborted));

    private static JsonNode EntryOf(PartStatus part) => new JsonObject
    {
        ["name"] = part.Name,
        ["healthy"] = part.Health.IsHealthy,
        ["problem"] = part.Health.Problem,
    };
}
