using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Run;

/// <summary><c>GET /broker</c>: what the broker in the process has seen since its start.</summary>
internal static class BrokerRoutes
{
    /// <param name="broker">Null = there is none, and no such route.</param>
    public static void Map(IEndpointRouteBuilder routes, EmbeddedBroker? broker)
    {
        if (broker is not null)
            _ = routes.MapGet("/broker", context => context.Response.WriteAsJsonAsync(broker.Counts, context.RequestAborted));
    }
}
