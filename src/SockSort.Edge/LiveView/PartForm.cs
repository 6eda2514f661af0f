using Microsoft.AspNetCore.Http;

namespace SockSort.Edge.LiveView;

/// <summary>How the stream writes each frame as a part of its multipart response.</summary>
internal enum PartForm
{
    /// <summary>Each part has a <c>Content-Length</c> and is sent whole when its frame is there, as recorders and players expect.</summary>
    Length,

    /// <summary>The header of the next part is sent with each frame, without a length, so that a browser shows the frame at once.</summary>
    Browser,

    /// <summary>As <see cref="Length"/>, with a further header that tells of the frame, for the live view's own page.</summary>
    Told,
}

/// <summary>Chooses the form of a client's stream.</summary>
internal static class PartForms
{
    public const string Query = "parts";

    /// <summary>
    /// The form that the query asks for. If it names none, browsers, which send <c>Sec-Fetch-Dest</c>, get the form for browsers, and all
    /// other clients get the one with lengths.
    /// </summary>
    /// <returns>Null if the query asks for an unknown form.</returns>
    public static PartForm? Of(HttpRequest request) => request.Query[Query].ToString() switch
    {
        "length" => PartForm.Length,
        "browser" => PartForm.Browser,
        "told" => PartForm.Told,
        "" => request.Headers.ContainsKey("Sec-Fetch-Dest") ? PartForm.Browser : PartForm.Length,
        _ => null,
    };
}
