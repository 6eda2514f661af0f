using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using SockSort.Imaging.Encoding;

namespace SockSort.Edge.Tests.Cameras;

/// <summary>
/// A network camera that does to each connection what the test says, byte by byte: what no well-behaved server would send.
/// </summary>
internal sealed class ScriptedCamera : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Func<Connection, Task> _script;
    private readonly Task _accepting;
    private int _connections;

    /// <param name="script">Of each request; the connection is closed when it returns.</param>
    /// <param name="port">0 = a free one.</param>
    public ScriptedCamera(Func<Connection, Task> script, int port = 0)
    {
        (_script, _listener) = (script, new TcpListener(IPAddress.Loopback, port));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{Port}/socks";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The heads of all requests, in their order.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>A JPEG of one of <see cref="Pictures.Colours"/>.</summary>
    public static byte[] Jpeg(int colour) => JpegWriter.Encode(Pictures.Plain(Pictures.Colours[colour]), quality: 90);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var head = await ReadHeadAsync(client.GetStream());
                _requests.Enqueue(head);
                await _script(new Connection(client.GetStream(), head, Interlocked.Increment(ref _connections), _stopping.Token));
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The camera's reader has left, or the test is over.
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stopping.Token) > 0)
            head.Append((char)one[0]);
        return head.ToString();
    }

    /// <summary>One request and the line back.</summary>
    /// <param name="Number">From 1.</param>
    internal sealed record Connection(Stream Stream, string Head, int Number, CancellationToken Stopping)
    {
        public async Task SendAsync(string head, byte[]? body = null)
        {
            await Stream.WriteAsync(Encoding.Latin1.GetBytes(head.ReplaceLineEndings("\r\n")), Stopping);
            await Stream.WriteAsync(body ?? [], Stopping);
            await Stream.FlushAsync(Stopping);
        }

        /// <summary>The head of an answer that is an MJPEG stream.</summary>
        public Task BeginStreamAsync(string type = "multipart/x-mixed-replace; boundary=frame") =>
            SendAsync($"HTTP/1.1 200 OK\nContent-Type: {type}\nConnection: close\n\n");

        public Task SendPartAsync(byte[] jpeg, string boundary = "--frame", bool withLength = true) =>
            SendAsync(
                $"{boundary}\nContent-Type: image/jpeg\n{(withLength ? $"Content-Length: {jpeg.Length}\n" : "")}\n",
                [.. jpeg, .. "\r\n"u8]);

        /// <summary>A whole answer.</summary>
        public Task AnswerAsync(string type, byte[] body, string status = "200 OK", string more = "") =>
            SendAsync($"HTTP/1.1 {status}\nContent-Type: {type}\nContent-Length: {body.Length}\n{more}Connection: close\n\n", body);

        /// <summary>Holds the line and says nothing more.</summary>
        public Task HangAsync() => Task.Delay(Timeout.Infinite, Stopping);

        /// <summary>Sends each picture as a part when the test gives it.</summary>
        public async Task StreamAsync(ChannelReader<byte[]> pictures, string boundary = "--frame", bool withLength = true)
        {
            await foreach (var picture in pictures.ReadAllAsync(Stopping))
                await SendPartAsync(picture, boundary, withLength);
        }
    }
}
