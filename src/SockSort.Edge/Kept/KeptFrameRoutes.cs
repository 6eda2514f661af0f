using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SockSort.Edge.LiveView;

namespace SockSort.Edge.Kept;

/// <summary><c>GET /frames/RUN/SEQ.jpg</c>: the picture of the frame whose message carries this run and number.</summary>
public static class KeptFrameRoutes
{
    // Run and number name one picture for good, so a browser need not ask again; other caches must not hold what a password protects.
    private const string CacheForGood = "private, max-age=86400, immutable";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes, IKeptFrames frames) => routes.MapMethods(
        "/frames/{run}/{seq:long:min(1)}.jpg",
        Reading,
        (HttpContext context, string run, long seq) => SendAsync(context, frames, run, seq));

    private static Task SendAsync(HttpContext context, IKeptFrames frames, string run, long seq)
    {
        if (frames.Find(run, seq) is not { } frame)
            return Answers.TextAsync(context, StatusCodes.Status404NotFound, KeptFrameErrors.NotHere(seq, frames.Counts));
        context.Response.Headers.CacheControl = CacheForGood;
        context.Response.Headers.LastModified = frame.CapturedAt.ToString("R");
        return Answers.SendAsync(context, "image/jpeg", frame.Jpeg);
    }
}
