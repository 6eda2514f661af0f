using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SockSort.Edge.LiveView;

/// <summary>Pictures without end in one answer: <c>multipart/x-mixed-replace</c>, one JPEG a part.</summary>
internal static class MjpegStream
{
    public const string ContentType = "multipart/x-mixed-replace; boundary=frame";

    private static readonly byte[] Boundary = "--frame\r\n"u8.ToArray();
    private static readonly byte[] EndOfPart = "\r\n--frame\r\n"u8.ToArray();

    /// <summary>Sends the newest frame over and over, as fast as this one viewer takes them, until he leaves or it is cancelled.</summary>
    public static async Task SendAsync(HttpResponse response, FrameHub frames, FrameEncoder encoder, CancellationToken cancel)
    {
        response.ContentType = ContentType;
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        response.BodyWriter.Write(Boundary);
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
        writer.Write(Encoding.ASCII.GetBytes($"Content-Type: image/jpeg\r\nContent-Length: {jpeg.Length}\r\n\r\n"));
        writer.Write(jpeg);
        // A browser shows a part when it sees that it has ended: the next boundary goes out with this part.
        writer.Write(EndOfPart);
    }
}
