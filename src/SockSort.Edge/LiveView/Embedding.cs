using Microsoft.AspNetCore.Http;

namespace SockSort.Edge.LiveView;

/// <summary>Decides which pages of other sites may embed the view or parts of it: only those of the configured origins.</summary>
/// <param name="origins">Allowed origins, as browsers write them.</param>
internal sealed class Embedding(IReadOnlyList<string> origins)
{
    private const string DayInSeconds = "86400";

    /// <summary>Value of <c>frame-ancestors</c> in the page's Content-Security-Policy.</summary>
    public string FrameAncestors => origins.Count == 0 ? "'none'" : string.Join(' ', origins);

    /// <summary>Middleware that says in each response which origins may use it, and answers CORS preflight requests.</summary>
    public Task AddHeadersAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        var origin = context.Request.Headers.Origin.ToString();
        // A picture in another site's page is requested without Origin, but Referer tells where that page is from.
        var page = origin.Length > 0 ? origin : WebOrigin.OfAddress(context.Request.Headers.Referer);
        var isAllowed = origins.Contains(page);
        headers["Cross-Origin-Resource-Policy"] = isAllowed ? "cross-origin" : "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // X-Frame-Options cannot name an allowed site, and older browsers obey it before the Content-Security-Policy that can.
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

    /// <remarks>This runs before the password is checked, because browsers send preflight requests without it.</remarks>
    private static Task AnswerPreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = "GET, HEAD";
        response.Headers.AccessControlAllowHeaders = "Authorization";
        response.Headers.AccessControlMaxAge = DayInSeconds;
        return Task.CompletedTask;
    }
}
