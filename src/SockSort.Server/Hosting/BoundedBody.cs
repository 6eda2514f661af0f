using Microsoft.AspNetCore.Http;

namespace SockSort.Server.Hosting;

/// <summary>Reads a request's body up to a limit.</summary>
/// <remarks>
/// The limit is not Kestrel's own: that one closes the connection while the client is still sending, which then sees a broken connection
/// instead of the answer. Of a body that nobody reads to its end Kestrel takes what comes within 5 s.
/// </remarks>
internal static class BoundedBody
{
    /// <param name="request">Its body has not been read from.</param>
    /// <param name="most">Bytes, up to 2 GiB.</param>
    /// <returns>The whole body; null where it is larger.</returns>
    /// <exception cref="BadHttpRequestException">It breaks off, or comes too slowly.</exception>
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
