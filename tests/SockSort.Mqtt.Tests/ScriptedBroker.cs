using System.Net;
using System.Net.Sockets;

namespace SockSort.Mqtt.Tests;

/// <summary>A broker of MQTT 5 that does what the test says, for what no real one can be made to do.</summary>
internal sealed class ScriptedBroker : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private int _connections;

    private ScriptedBroker(Func<ScriptedConnection, int, Task> serveAsync)
    {
        _listener.Start();
        Endpoint = MqttEndpoint.Parse($"mqtt://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync(serveAsync);
    }

    public MqttEndpoint Endpoint { get; }

    public int Connections => Volatile.Read(ref _connections);

    /// <param name="serveAsync">Serves a connection, which is closed when it returns; they are counted from 1.</param>
    public static ScriptedBroker Start(Func<ScriptedConnection, int, Task> serveAsync) => new(serveAsync);

    /// <summary>Serves every connection in the same way.</summary>
    public static ScriptedBroker Start(Func<ScriptedConnection, Task> serveAsync) => new((client, _) => serveAsync(client));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(Func<ScriptedConnection, int, Task> serveAsync)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                serving.Add(ServeAsync(client, serveAsync, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<ScriptedConnection, int, Task> serveAsync, int number)
    {
        using (client)
        {
            try
            {
                await serveAsync(new ScriptedConnection(client.GetStream(), _stopping.Token), number);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The client, or the test, has ended it.
            }
        }
    }
}

/// <summary>One connection of a <see cref="ScriptedBroker"/>.</summary>
internal sealed class ScriptedConnection(NetworkStream stream, CancellationToken stopping)
{
    /// <summary>The client's next packet: its first byte, and what stands after its length.</summary>
    public async Task<(byte First, byte[] Body)> ReadAsync()
    {
        var first = await ReadByteAsync();
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = await ReadByteAsync();
            length |= (next & 0x7F) << shift;
            if (next < 0x80)
                break;
        }
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stopping);
        return (first, body);
    }

    /// <summary>Whether the client has closed its side, or the whole connection: what it has sent can still be unread.</summary>
    public bool IsClosedByClient
    {
        get
        {
            // linux/tcp.h: TCP_INFO begins with the state, of which 1 is TCP_ESTABLISHED.
            Span<byte> state = stackalloc byte[1];
            _ = stream.Socket.GetRawSocketOption(6, 11, state);
            return state[0] != 1;
        }
    }

    public async Task SendAsync(params byte[][] packets) =>
        await stream.WriteAsync(packets.SelectMany(packet => packet).ToArray(), stopping);

    public async Task AcceptAsync(bool hasSession = false)
    {
        Assert.Equal(Packets.Connect, (await ReadAsync()).First);
        await SendAsync([0x20, 3, (byte)(hasSession ? 1 : 0), 0, 0]);
    }

    /// <summary>Answers the next SUBSCRIBE, with one code for each filter.</summary>
    public async Task AnswerSubscriptionAsync(params byte[] codes)
    {
        var (first, body) = await ReadAsync();
        Assert.Equal(Packets.Subscribe, first);
        await SendAsync(Packets.SubAck(body, codes));
    }

    /// <summary>Reads and answers whatever comes, until the client goes.</summary>
    public async Task ServeAsync(Action<byte>? seen = null)
    {
        while (true)
        {
            var (first, body) = await ReadAsync();
            seen?.Invoke(first);
            if (first == Packets.Subscribe)
                await SendAsync(Packets.SubAck(body, 1));
            else if (first == Packets.PingRequest)
                await SendAsync([0xD0, 0]);
        }
    }

    private async Task<byte> ReadByteAsync()
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, stopping);
        return one[0];
    }
}
