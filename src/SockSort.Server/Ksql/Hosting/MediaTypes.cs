using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SockSort.Server.Ksql.Requests;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>The forms of answers, and which of them a client asks for by its Accept header.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    /// <summary>ksqlDB's own name of its JSON.</summary>
    public const string KsqlJson = "application/vnd.ksql.v1+json";

    /// <summary>A JSON value a line.</summary>
    public const string Delimited = "application/vnd.ksqlapi.delimited.v1";

    /// <summary>What the client likes best of what there is; the first where it does not say.</summary>
    /// <exception cref="RestException">406: it takes none of them.</exception>
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

    /// <summary>Asks before anything is done whether the client can take the answer.</summary>
    public static RequestDelegate Answering(RequestDelegate next) => context =>
    {
        _ = Choose(context.Request, Json, KsqlJson);
        return next(context);
    };
}
