using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SockSort.Server.Ksql.Requests;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>The media types of answers, and the choice among them by a request's Accept header.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    /// <summary>ksqlDB's media type for JSON.</summary>
    public const string KsqlJson = "application/vnd.ksql.v1+json";

    /// <summary>ksqlDB's media type for one JSON value a line.</summary>
    public const string Delimited = "application/vnd.ksqlapi.delimited.v1";

    /// <summary>The offered type that the client prefers; the first one if it has no preference.</summary>
    /// <exception cref="RestException">406: the client accepts none of them.</exception>
    public static string Choose(HttpRequest request, params ReadOnlySpan<string> offered)
    {
        var accept = request.Headers.Accept;
        if (StringValues.IsNullOrEmpty(accept) || !MediaTypeHeaderValue.TryParseList(accept, out var wanted))
            return offered[0];
        foreach (var type in wanted.Where(type => type.Quality != 0).OrderByDescending(type => type.Quality ?? 1))
        {
            foreach (var one in offered)
            {
                if (type.MatchesMediaType(one))
                    return one;
            }
        }
        throw RestErrors.NotAcceptable(accept.ToString(), offered.ToArray());
    }

    /// <summary>Checks before a request is processed that the client accepts the answer's type.</summary>
    public static RequestDelegate Answering(RequestDelegate next) => context =>
    {
        _ = Choose(context.Request, Json, KsqlJson);
        return next(context);
    };
}
