using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace SockSort.Edge.LiveView;

/// <summary>A request whose body has no end, as a page's WebSocket over HTTP/2.</summary>
public static class EndlessRequest
{
    /// <summary>Lifts the limits of size and rate that hold for the body of every other request of the view.</summary>
    public static void LiftLimits(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }
}
