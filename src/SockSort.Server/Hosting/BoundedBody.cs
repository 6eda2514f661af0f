using Microsoft.AspNetCore.Http;

namespace SockSort.Server.Hosting;

/// <summary>Reads a request's body up to a size limit.</summary>
/// <remarks>
/// Kestrel's own limit is not used, because it closes the connection while the client still sends, so the client sees a broken connection
/// instead of the answer. If a body is not read to its end, Kestrel drains it for up to 5 s.
/// </remarks>
internal static class BoundedBody
{
    /// <param name="request">A request whose body is still unread.</param>
    /// <param name="most">The limit in bytes, up to 2 GiB.</param>
    /// <returns>The whole body; null if it exceeds the limit.</returns>
    /// <exception cref="BadHttpRequestException">The body is truncated, or arrives too slowly.</exception>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, long most)
    {
        if (request.ContentLength > most)
            return null;
        using var whole = new MemoryStream(capacity: (int)(request.ContentLength ?? 0));
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            var isTooLarge = whole.Length + read.Buffer.Length > most;
            foreach (var piece in isTooLarge ? default : read.Buffer)
                whole.Write(piece.Span);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (isTooLarge)
                return null;
            if (read.IsCompleted)
                return whole.Length == whole.Capacity ? whole.GetBuffer() : whole.ToArray();
        }
    }
}
