using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using SockSort.Edge.Cameras.Browser;

namespace SockSort.Edge.LiveView.Phone;

/// <summary>One phone's WebSocket: each binary message that comes is a picture, each message that goes is what the page shows.</summary>
internal sealed class PhoneSocket(WebSocket socket, BrowserFeed feed)
{
    /// <summary>Largest message in bytes; the page sends pictures of some 200 kB.</summary>
    public const int MostBytes = 8 << 20;

    // RFC 6455, 7.4.2: 4000 to 4999 are for private use.
    private const WebSocketCloseStatus TakenOver = (WebSocketCloseStatus)4001;
    private const int PieceBytes = 16 << 10;

    // How long the phone may take to answer the close, before the connection is cut.
    private static readonly TimeSpan CloseWithin = TimeSpan.FromMilliseconds(800);

    /// <summary>Feeds the camera until the phone has gone or another one has taken over, or the view ends.</summary>
    public async Task ServeAsync(CancellationToken ending)
    {
        var line = feed.Connect();
        using var cut = new CancellationTokenSource();
        await using var end = ending.Register(() => line.End(BrowserEnd.Ending));
        var receiving = ReceiveAsync(line, cut.Token);
        var telling = TellAsync(line, cut.Token);
        await Task.WhenAny(receiving, telling, line.Ended);
        line.End(BrowserEnd.Left);
        feed.Disconnect(line);
        cut.CancelAfter(CloseWithin);
        await Task.WhenAll(receiving, telling);
    }

    private async Task ReceiveAsync(BrowserLine line, CancellationToken cut)
    {
        var message = new ArrayBufferWriter<byte>(PieceBytes);
        try
        {
            while (await ReceiveAsync(message, cut) is { } type)
            {
                if (message.WrittenCount > MostBytes)
                {
                    line.End(BrowserEnd.TooLong);
                    return;
                }
                feed.Give(line, message.WrittenSpan.ToArray(), type == WebSocketMessageType.Text);
                message.ResetWrittenCount();
            }
        }
        catch (Exception error) when (IsBroken(error))
        {
            // The phone has gone without a word, as phones do.
        }
    }

    /// <summary>Reads the next message, or as much of it as shows that it is too long.</summary>
    /// <returns>Null where the phone closes the connection.</returns>
    private async ValueTask<WebSocketMessageType?> ReceiveAsync(ArrayBufferWriter<byte> message, CancellationToken cut)
    {
        while (true)
        {
            var piece = await socket.ReceiveAsync(message.GetMemory(PieceBytes), cut);
            if (piece.MessageType == WebSocketMessageType.Close)
                return null;
            message.Advance(piece.Count);
            if (piece.EndOfMessage || message.WrittenCount > MostBytes)
                return piece.MessageType;
        }
    }

    private async Task TellAsync(BrowserLine line, CancellationToken cut)
    {
        try
        {
            await foreach (var message in line.Messages.WithCancellation(cut))
            {
                var json = JsonSerializer.SerializeToUtf8Bytes(message, BrowserMessageJson.Default.BrowserMessage);
                await socket.SendAsync(json.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cut);
            }
            var (status, reason) = CloseOf(await line.Ended);
            await socket.CloseOutputAsync(status, reason, cut);
        }
        catch (Exception error) when (IsBroken(error))
        {
            // Nobody is there to be told.
        }
    }

    private static (WebSocketCloseStatus Status, string Reason) CloseOf(BrowserEnd end) => end switch
    {
        BrowserEnd.TakenOver => (TakenOver, "another phone has taken over"),
        BrowserEnd.TooLong => (WebSocketCloseStatus.MessageTooBig, $"a message has at most {MostBytes >> 20} MB"),
        BrowserEnd.Ending => (WebSocketCloseStatus.EndpointUnavailable, "SockSort ends"),
        _ => (WebSocketCloseStatus.NormalClosure, ""),
    };

    private static bool IsBroken(Exception error) =>
        error is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;
}
