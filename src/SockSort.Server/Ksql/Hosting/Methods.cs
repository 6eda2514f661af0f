using Microsoft.AspNetCore.Http;
using SockSort.Server.Ksql.Requests;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>What is said to requests that no route takes.</summary>
internal static class Methods
{
    private static readonly HashSet<string> Posted = new(StringComparer.Ordinal) { "/ksql", "/query", "/query-stream", "/close-query", "/inserts-stream", "/ksql/terminate", "/terminate" };
    private static readonly HashSet<string> Got = new(StringComparer.Ordinal) { "/", "/info", "/healthcheck", "/clusterStatus", "/status", "/metrics", "/ws/query" };

    /// <exception cref="RestException">404, or 405 where the path takes another method.</exception>
    public static Task Refuse(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var allowed = Posted.Contains(path) ? "POST" : Got.Contains(path) ? "GET" : null;
        if (allowed is null)
            throw RestErrors.NotFound($"there is no {context.Request.Method} {path}");
        throw RestErrors.WrongMethod(context.Request.Method, path, allowed);
    }
}
