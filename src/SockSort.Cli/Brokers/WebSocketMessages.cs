using System.Net.WebSockets;

namespace SockSort.Cli.Brokers;

/// <summary>
/// The binary messages of a WebSocket as a stream: how packets are cut into messages means nothing [MQTT-6.0.0-2]. The end of the
/// connection is an <see cref="IOException"/>, as a socket's.
/// </summary>
internal sealed class WebSocketMessages(WebSocket socket) : Stream
{
    private static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(1);

    private Task _receiving = Task.CompletedTask;

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <returns>0 when the client has closed it.</returns>
    /// <exception cref="IOException">The connection is broken, or a message is text [MQTT-6.0.0-1].</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            // A message may be empty, which is not the end.
            while (true)
            {
                // Cancelling it would break the connection, and with it what was sent last.
                var receiving = socket.ReceiveAsync(buffer, CancellationToken.None).AsTask();
                _receiving = receiving;
                var received = await receiving.WaitAsync(cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close)
                    return 0;
                if (received.MessageType == WebSocketMessageType.Text)
                    throw new IOException("a message is text");
                if (received.Count > 0)
                    return received.Count;
            }
        }
        catch (WebSocketException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <exception cref="IOException">The connection is broken.</exception>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await socket.SendAsync(buffer, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        catch (WebSocketException error)
        {
            throw new IOException(error.Message, error);
        }
    }

    /// <summary>Says goodbye to a client that is still there.</summary>
    public async Task CloseAsync()
    {
        using var limit = new CancellationTokenSource(TimeToClose);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            await _receiving.WaitAsync(limit.Token);
            // What the client still sends is read: closing with unread bytes would take the last packet back from it.
            var rest = new byte[4096];
            while (socket.State == WebSocketState.CloseSent)
                _ = await socket.ReceiveAsync(rest.AsMemory(), limit.Token);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            // The client has gone.
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
