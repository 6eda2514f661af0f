using Microsoft.AspNetCore.Http;
using SockSort.Server.Ksql.Requests;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>Answers requests that match no route.</summary>
internal static class Methods
{
    /// <summary>The methods of read-only routes, including HEAD for load balancers.</summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    private static readonly HashSet<string> Posted = new(StringComparer.Ordinal)
    {
        "/ksql",
        "/query",
        "/query-stream",
        "/close-query",
        "/inserts-stream",
        "/ksql/terminate",
        "/terminate",
    };
    private static readonly HashSet<string> Got = new(StringComparer.Ordinal)
    {
        "/",
        "/info",
        "/healthcheck",
        "/clusterStatus",
        "/status",
        "/metrics",
    };

    /// <exception cref="RestException">404, or 405 if the path exists with another method.</exception>
    public static Task Refuse(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (AllowedFor(path) is not { } allowed)
            throw RestErrors.NotFound($"there is no {context.Request.Method} {path}");
        throw RestErrors.WrongMethod(context.Request.Method, path, allowed);
    }

    private static string? AllowedFor(string path)
    {
        if (Posted.Contains(path))
            return HttpMethods.Post;
        if (Got.Contains(path))
            return string.Join(", ", Reading);
        return path == "/ws/query" ? HttpMethods.Get : null;
    }
}
