using Microsoft.AspNetCore.Http;

namespace SockSort.Edge.LiveView;

/// <summary>Which pages of other sites may show the view, or parts of it, within them: none but those that were named.</summary>
/// <param name="origins">As browsers write them.</param>
internal sealed class Embedding(IReadOnlyList<string> origins)
{
    private const string DayInSeconds = "86400";

    /// <summary>For the page's Content-Security-Policy.</summary>
    public string FrameAncestors => origins.Count == 0 ? "'none'" : string.Join(' ', origins);

    /// <summary>A middleware: says in each answer who may use it, and answers browsers that ask before they ask.</summary>
    public Task AddHeadersAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        var origin = context.Request.Headers.Origin.ToString();
        // A picture in another site's page is asked for without Origin; where that page is from stands in Referer.
        var page = origin.Length > 0 ? origin : WebOrigin.OfAddress(context.Request.Headers.Referer);
        var isAllowed = origins.Contains(page);
        headers["Cross-Origin-Resource-Policy"] = isAllowed ? "cross-origin" : "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // It cannot name a site, and older browsers heed it before the policy that can.
        if (origins.Count == 0)
            headers.XFrameOptions = "DENY";
        else
            headers.Vary = "Origin, Referer";
        if (!isAllowed || origin.Length == 0)
            return next(context);
        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowCredentials = "true";
        return IsPreflight(context.Request) ? AnswerPreflight(context.Response) : next(context);
    }

    private static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count > 0;

    /// <remarks>Before the password: browsers ask without it.</remarks>
    private static Task AnswerPreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, HEAD";
        response.Headers.AccessControlAllowHeaders = "Authorization";
        response.Headers.AccessControlMaxAge = DayInSeconds;
        return Task.CompletedTask;
    }
}
