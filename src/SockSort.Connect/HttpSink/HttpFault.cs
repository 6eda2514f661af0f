using System.Net;

namespace SockSort.Connect.HttpSink;

/// <summary>What is at fault where a server answers with an error.</summary>
internal enum HttpFault
{
    /// <summary>The record: sending it again does not help.</summary>
    Record,

    /// <summary>The server, the way to it, or the credentials: any record would have failed.</summary>
    Server,

    /// <summary>Either of them; a few further tries tell.</summary>
    Either,
}

/// <summary>Tells the fault from the status of an answer.</summary>
internal static class HttpFaults
{
    public static HttpFault Of(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired => HttpFault.Server,
        HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests => HttpFault.Server,
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => HttpFault.Server,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => HttpFault.Record,
        _ => HttpFault.Either,
    };
}
