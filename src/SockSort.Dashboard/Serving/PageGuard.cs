using Microsoft.AspNetCore.Http;
using SockSort.Edge.LiveView;

namespace SockSort.Dashboard.Serving;

/// <summary>What a browser may do with the dashboard's pages, and whose pages may talk to it.</summary>
/// <remarks>
/// A page changes something only over its connection (<c>_blazor</c>). To open one a browser must send what the page holds, encrypted by
/// this process, so a page of another site that cannot read ours has no token; besides, requests that name another origin are refused.
/// </remarks>
internal static class PageGuard
{
    // MudBlazor sets colours and sizes by style attributes; scripts come from files only.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    private const string Refused = "a page of another site may not use the dashboard\n";

    /// <summary>Middleware for everything of the dashboard.</summary>
    public static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (WebOrigin.IsForeign(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return context.Response.WriteAsync(Refused, context.RequestAborted);
        }
        // The live view takes no bodies at all; a page's connection is one without end, in both directions.
        if (context.Request.Path.StartsWithSegments("/_blazor"))
            EndlessRequest.LiftLimits(context);
        return next(context);
    }
}
