using System.IO.Pipelines;

namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>Response of a camera, of which so far only the headers and perhaps the first bytes were read.</summary>
internal sealed class HttpAnswer : IDisposable
{
    private const int Sniffed = 12;

    private readonly HttpResponseMessage? _response;

    private HttpAnswer(HttpAnswerKind kind, string type, HttpResponseMessage? response, Stream? body)
    {
        (Kind, Type, _response) = (kind, type, response);
        Body = body ?? Stream.Null;
    }

    public HttpAnswerKind Kind { get; }

    /// <summary>Media type that the camera gives, in lower case, without parameters; empty if it gives none.</summary>
    public string Type { get; }

    public bool IsMultipart => Type.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>Whether the server accepts requests for a part of a file.</summary>
    public bool HasRanges => _response?.Headers.AcceptRanges.Contains("bytes") == true;

    /// <summary>The response's body, from its first byte.</summary>
    public Stream Body { get; }

    /// <summary>Stands for a response that is no valid HTTP.</summary>
    public static HttpAnswer Foreign() => new(HttpAnswerKind.Foreign, "", null, null);

    /// <param name="response">Belongs to the result from now on; it is also disposed if this method fails.</param>
    /// <param name="cancel">Ends the wait for the first bytes.</param>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<HttpAnswer> OfAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        try
        {
            var type = TypeOf(response);
            var body = await response.Content.ReadAsStreamAsync(cancel);
            if (KindOf(type) is { } told)
                return new HttpAnswer(told, type, response, body);
            var pipe = PipeReader.Create(body);
            var start = await pipe.ReadAtLeastAsync(Sniffed, cancel);
            var length = (int)Math.Min(Sniffed, start.Buffer.Length);
            var head = new byte[length];
            System.Buffers.BuffersExtensions.CopyTo(start.Buffer.Slice(0, length), head);
            pipe.AdvanceTo(start.Buffer.Start);
            return new HttpAnswer(KindOf(head, type, response.Content.Headers.ContentLength), type, response, pipe.AsStream());
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>Reads the whole body.</summary>
    /// <returns>Null if the body is larger than a picture may be (32 MiB).</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<byte[]?> ReadWholeAsync(CancellationToken cancel)
    {
        var whole = new MemoryStream();
        var part = new byte[1 << 16];
        while (await Body.ReadAsync(part, cancel) is > 0 and var read)
        {
            whole.Write(part, 0, read);
            if (whole.Length > JpegStream.MostBytes)
                return null;
        }
        return whole.ToArray();
    }

    public void Dispose() => _response?.Dispose();

    /// <summary>Reads the media type without validation, because cameras write it in forms that no standard allows.</summary>
    private static string TypeOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values)
            ? values.ToString().Split(';', ',')[0].Trim().ToLowerInvariant()
            : "";

    private static HttpAnswerKind? KindOf(string type) => type switch
    {
        _ when type.StartsWith("multipart/", StringComparison.Ordinal) => HttpAnswerKind.Jpeg,
        // image/jpeg, video/x-motion-jpeg, video/mjpeg, video/x-mjpg, …
        _ when type.EndsWith("jpeg", StringComparison.Ordinal) || type.EndsWith("jpg", StringComparison.Ordinal) => HttpAnswerKind.Jpeg,
        _ when type.EndsWith("mpegurl", StringComparison.Ordinal) => HttpAnswerKind.Playlist,
        _ => null,
    };

    private static HttpAnswerKind KindOf(ReadOnlySpan<byte> head, string type, long? length)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]))
            return HttpAnswerKind.Jpeg;
        if (IsPicture(head) || type.StartsWith("image/", StringComparison.Ordinal))
            return HttpAnswerKind.Picture;
        if (head.StartsWith("#EXTM3U"u8))
            return HttpAnswerKind.Playlist;
        // Some cameras send a multipart body without the header that announces it.
        if (head.StartsWith("--"u8) || head.StartsWith("\r\n--"u8))
            return HttpAnswerKind.Jpeg;
        if (type.StartsWith("text/", StringComparison.Ordinal)
            || type is "application/json" or "application/xml" or "application/xhtml+xml")
            return HttpAnswerKind.Page;
        return length is null ? HttpAnswerKind.Stream : HttpAnswerKind.Film;
    }

    private static bool IsPicture(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) || head.StartsWith("GIF8"u8) || head.StartsWith("BM"u8)
        || (head.StartsWith("RIFF"u8) && head.EndsWith("WEBP"u8));
}
