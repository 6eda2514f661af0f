using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SockSort.Edge.LiveView;

/// <summary>Sends an endless stream of frames in one response: <c>multipart/x-mixed-replace</c>, one JPEG per part.</summary>
internal static class MjpegStream
{
    /// <summary>The header of a part that tells of its frame, as <c>frame</c> of <c>/status.json</c> does, in one line.</summary>
    public const string AboutHeader = "X-SockSort-Frame";

    public const string ContentType = "multipart/x-mixed-replace; boundary=frame";

    private static readonly byte[] OpenHead = "--frame\r\nContent-Type: image/jpeg\r\n\r\n"u8.ToArray();
    private static readonly byte[] EndOfPart = "\r\n"u8.ToArray();
    private static readonly byte[] EndOfPartAndHead = [.. EndOfPart, .. OpenHead];

    /// <summary>Sends the newest frame again and again, as fast as this viewer reads.</summary>
    /// <param name="response">Response whose headers have not been sent yet.</param>
    /// <param name="form">How the parts are written.</param>
    /// <param name="nextAsync">Waits for a new frame and returns it.</param>
    /// <param name="patience">How long the viewer may take to read one piece of a frame.</param>
    /// <param name="cancel">Signals that the viewer left or the view ends.</param>
    /// <returns>A task that completes when the viewer does not read any more.</returns>
    /// <exception cref="OperationCanceledException">The viewer left, or the view ends.</exception>
    public static async Task SendAsync(
        HttpResponse response, PartForm form, Func<ValueTask<StreamPart>> nextAsync, TimeSpan patience, CancellationToken cancel)
    {
        response.ContentType = ContentType;
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var writer = new PatientWriter(response.BodyWriter, patience, cancel);
        if (form == PartForm.Browser)
            await SendAheadAsync(writer, nextAsync);
        else
            await SendWholeAsync(writer, nextAsync, isTold: form == PartForm.Told);
    }

    private static async Task SendWholeAsync(PatientWriter writer, Func<ValueTask<StreamPart>> nextAsync, bool isTold)
    {
        var reads = await writer.SendAsync(default, default, default);
        while (reads)
        {
            var part = await nextAsync();
            reads = await writer.SendAsync(HeadOf(part, isTold), part.Jpeg, EndOfPart);
        }
    }

    /// <remarks>
    /// Chromium shows a part only after it has read the header of the next one. If that header waited for the next frame, each frame would
    /// be shown one frame late, and the last one of a camera that stands still never. A header sent ahead cannot contain the length of a
    /// frame that does not exist yet, but readers that rely on lengths need one: so there are two forms.
    /// </remarks>
    private static async Task SendAheadAsync(PatientWriter writer, Func<ValueTask<StreamPart>> nextAsync)
    {
        var reads = await writer.SendAsync(OpenHead, default, default);
        while (reads)
            reads = await writer.SendAsync(default, (await nextAsync()).Jpeg, EndOfPartAndHead);
    }

    private static byte[] HeadOf(StreamPart part, bool isTold)
    {
        var about = isTold ? $"{AboutHeader}: {part.About()}\r\n" : "";
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {part.Jpeg.Length}\r\n{about}\r\n"));
    }
}

/// <summary>A frame of a stream.</summary>
/// <param name="About">Returns what is told of the frame, as JSON in ASCII and in one line.</param>
internal readonly record struct StreamPart(byte[] Jpeg, Func<string> About);
