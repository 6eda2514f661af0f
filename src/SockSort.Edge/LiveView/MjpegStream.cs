using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SockSort.Edge.LiveView;

/// <summary>Pictures without end in one answer: <c>multipart/x-mixed-replace</c>, one JPEG a part.</summary>
internal static class MjpegStream
{
    public const string ContentType = "multipart/x-mixed-replace; boundary=frame";

    private static readonly byte[] StartOfPart = "--frame\r\nContent-Type: image/jpeg\r\n\r\n"u8.ToArray();

    /// <summary>Sends the newest frame over and over, as fast as this one viewer takes them, until he leaves or it is cancelled.</summary>
    public static async Task SendAsync(HttpResponse response, FrameHub frames, FrameEncoder encoder, CancellationToken cancel)
    {
        response.ContentType = ContentType;
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.BodyWriter.Write(StartOfPart);
        LiveFrame? sent = null;
        while (true)
        {
            await response.BodyWriter.FlushAsync(cancel);
            sent = await frames.NextAsync(sent, cancel);
            WritePart(response.BodyWriter, encoder.Jpeg(sent));
        }
    }

    private static void WritePart(IBufferWriter<byte> writer, byte[] jpeg)
    {
        writer.Write(jpeg);
        // Chromium shows a part when it has read the head of the next one, which therefore goes out with this part and cannot tell its length:
        // with the head held back, each picture would come a frame late and the last one of a camera that stands still never.
        writer.Write("\r\n"u8);
        writer.Write(StartOfPart);
    }
}
