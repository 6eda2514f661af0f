using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SockSort.Edge.LiveView;

/// <summary>Pictures without end in one answer: <c>multipart/x-mixed-replace</c>, one JPEG a part.</summary>
internal static class MjpegStream
{
    public const string ContentType = "multipart/x-mixed-replace; boundary=frame";

    private static readonly byte[] OpenHead = "--frame\r\nContent-Type: image/jpeg\r\n\r\n"u8.ToArray();
    private static readonly byte[] EndOfPart = "\r\n"u8.ToArray();
    private static readonly byte[] EndOfPartAndHead = [.. EndOfPart, .. OpenHead];

    /// <summary>Sends the newest frame over and over, as fast as this one viewer takes them.</summary>
    /// <param name="response">Not begun.</param>
    /// <param name="form">How the parts look.</param>
    /// <param name="nextAsync">The newest picture as JPEG, as soon as there is another one.</param>
    /// <param name="patience">For a piece of a picture.</param>
    /// <param name="cancel">The viewer left, or the view ends.</param>
    /// <returns>When the viewer does not read.</returns>
    /// <exception cref="OperationCanceledException">The viewer left, or the view ends.</exception>
    public static async Task SendAsync(
        HttpResponse response, PartForm form, Func<ValueTask<byte[]>> nextAsync, TimeSpan patience, CancellationToken cancel)
    {
        response.ContentType = ContentType;
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var writer = new PatientWriter(response.BodyWriter, patience, cancel);
        if (form == PartForm.Browser)
            await SendAheadAsync(writer, nextAsync);
        else
            await SendWholeAsync(writer, nextAsync);
    }

    private static async Task SendWholeAsync(PatientWriter writer, Func<ValueTask<byte[]>> nextAsync)
    {
        var reads = await writer.SendAsync(default, default, default);
        while (reads)
        {
            var jpeg = await nextAsync();
            reads = await writer.SendAsync(HeadOf(jpeg.Length), jpeg, EndOfPart);
        }
    }

    /// <remarks>
    /// Chromium shows a part when it has read the head of the next one. With the head held back until the next picture is there, each
    /// picture would come a frame late, and the last one of a camera that stands still never. A head that goes ahead cannot tell the length
    /// of a picture that is not there yet, and a reader that goes by lengths takes none without: so there are two forms.
    /// </remarks>
    private static async Task SendAheadAsync(PatientWriter writer, Func<ValueTask<byte[]>> nextAsync)
    {
        var reads = await writer.SendAsync(OpenHead, default, default);
        while (reads)
            reads = await writer.SendAsync(default, await nextAsync(), EndOfPartAndHead);
    }

    private static byte[] HeadOf(int length) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {length}\r\n\r\n"));
}
