using Microsoft.AspNetCore.Http;

namespace SockSort.Edge.LiveView;

/// <summary>How the stream parts its pictures.</summary>
internal enum PartForm
{
    /// <summary>
    /// Each part tells its <c>Content-Length</c>, and goes out whole when its picture is there: what recorders and players read.
    /// </summary>
    Length,

    /// <summary>
    /// The head of the next part goes out with each picture, and cannot tell the next one's length: a browser then shows the picture at
    /// once.
    /// </summary>
    Browser,
}

/// <summary>Which form a client gets.</summary>
internal static class PartForms
{
    public const string Query = "parts";

    /// <summary>
    /// What the query asks for; where it asks for none, the browser's form for browsers, which say what a request is for, and lengths for
    /// all others.
    /// </summary>
    /// <returns>Null where the query asks for a form that there is not.</returns>
    public static PartForm? Of(HttpRequest request) => request.Query[Query].ToString() switch
    {
        "length" => PartForm.Length,
        "browser" => PartForm.Browser,
        "" => request.Headers.ContainsKey("Sec-Fetch-Dest") ? PartForm.Browser : PartForm.Length,
        _ => null,
    };
}
