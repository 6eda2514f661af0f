using System.Net;
using System.Net.Sockets;

namespace SockSort.Mqtt.Tests;

/// <summary>A network between a client and a broker, which can fail as networks do.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly MqttEndpoint _target;
    private readonly List<Line> _lines = [];
    private readonly Task _accepting;

    private Relay(MqttEndpoint target)
    {
        _target = target;
        _listener.Start();
        Endpoint = target with { Port = ((IPEndPoint)_listener.LocalEndpoint).Port };
        _accepting = AcceptAsync();
    }

    public MqttEndpoint Endpoint { get; }

    public static Relay Start(MqttEndpoint target) => new(target);

    /// <summary>Closes the connections that there are.</summary>
    public void Cut()
    {
        lock (_lines)
            _lines.ForEach(line => line.Dispose());
    }

    /// <summary>Nothing passes any more on the connections that there are, though no side is told.</summary>
    public void Freeze()
    {
        lock (_lines)
            _lines.ForEach(line => line.IsFrozen = true);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        Cut();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var broker = new TcpClient();
                await broker.ConnectAsync(_target.Host, _target.Port);
                lock (_lines)
                    _lines.Add(new Line(client, broker));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is being disposed.
        }
    }

    private sealed class Line : IDisposable
    {
        private readonly TcpClient _client;
        private readonly TcpClient _broker;

        public Line(TcpClient client, TcpClient broker)
        {
            (_client, _broker) = (client, broker);
            _ = CopyAsync(client.GetStream(), broker.GetStream());
            _ = CopyAsync(broker.GetStream(), client.GetStream());
        }

        public volatile bool IsFrozen;

        public void Dispose()
        {
            _client.Dispose();
            _broker.Dispose();
        }

        private async Task CopyAsync(NetworkStream from, NetworkStream to)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                while (await from.ReadAsync(buffer) is > 0 and var count)
                {
                    if (!IsFrozen)
                        await to.WriteAsync(buffer.AsMemory(0, count));
                }
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                // One side has gone.
            }
            if (!IsFrozen)
                Dispose();
        }
    }
}
