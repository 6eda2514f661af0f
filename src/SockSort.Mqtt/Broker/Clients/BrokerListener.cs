using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace SockSort.Mqtt.Broker.Clients;

/// <summary>Accepts a broker's clients at one of its doors.</summary>
internal sealed class BrokerListener : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TimeToHangUp = TimeSpan.FromSeconds(1);

    private readonly BrokerDoor _door;
    private readonly BrokerGate _gate;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, byte> _serving = [];
    private Task _accepting = Task.CompletedTask;

    /// <summary>Listens from here on; clients wait until <see cref="Start"/>.</summary>
    /// <exception cref="MqttException">The address can't be listened on.</exception>
    public BrokerListener(BrokerDoor door, BrokerGate gate)
    {
        (_door, _gate) = (door, gate);
        _socket = new Socket(door.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (door.Address.Equals(IPAddress.IPv6Any))
                _socket.DualMode = true;
            _socket.Bind(new IPEndPoint(door.Address, door.Port));
            _socket.Listen();
            Address = (IPEndPoint)_socket.LocalEndPoint!;
        }
        catch (SocketException error)
        {
            _socket.Dispose();
            throw MqttErrors.PortTaken(door.Address, door.Port, error);
        }
    }

    /// <summary>Where it listens, with the port that was really taken.</summary>
    public IPEndPoint Address { get; }

    public bool IsTls => _door.Tls is not null;

    public void Start() => _accepting = AcceptAsync();

    /// <summary>Ends a listener that was never started.</summary>
    public void Close() => _socket.Dispose();

    /// <summary>Takes no more clients; those that are there are the gate's to end.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        _socket.Dispose();
        await _accepting;
    }

    /// <summary>Waits until the clients are gone; it was stopped before.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_serving.Keys);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Keep(ServeAsync(await _socket.AcceptAsync(_stopping.Token)));
            }
            catch (SocketException)
            {
                // The client has gone between its connect and our accept, or there are too many open files at the moment.
                await Task.Delay(PauseAfterFault, CancellationToken.None);
            }
            catch (Exception error) when (error is ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Keep(Task serving)
    {
        _serving[serving] = 0;
        _ = serving.ContinueWith(done => _serving.TryRemove(done, out _),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ServeAsync(Socket socket)
    {
        // A client's first packet is not to hold up the next client.
        await Task.Yield();
        using var held = socket;
        using var guest = _gate.TryEnter();
        if (guest is null)
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        try
        {
            if (!await _gate.WaitAsync(socket.RemoteEndPoint, _stopping.Token))
                return;
            limit.CancelAfter(_gate.LoginTime);
            socket.NoDelay = true;
            await using var stream = await OpenAsync(socket, limit.Token);
            if (stream is null)
                return;
            await _gate.ServeAsync(guest, stream, socket.RemoteEndPoint, limit.Token);
            await HangUpAsync(socket, stream);
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client's connection broke while it was being opened or closed.
        }
        catch (Exception error)
        {
            // A fault of ours ends one connection, not the broker.
            _gate.Refused($"a client that the broker was not up to: {error.GetType().Name}");
        }
        guest.IsSilent = limit.IsCancellationRequested && !_stopping.IsCancellationRequested;
    }

    private async Task<Stream?> OpenAsync(Socket socket, CancellationToken limit)
    {
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (_door.Tls is null)
            return plain;
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = _door.Tls }, limit);
            return secure;
        }
        catch (Exception error)
        {
            await secure.DisposeAsync();
            if (error is not (AuthenticationException or IOException))
                throw;
            _gate.Refused("a connection without TLS, or with one that does not fit, to a port with TLS");
            return null;
        }
    }

    /// <summary>So that the last packet reaches a client that is still sending: closing with unread bytes would take it back.</summary>
    private static async Task HangUpAsync(Socket socket, Stream stream)
    {
        using var limit = new CancellationTokenSource(TimeToHangUp);
        if (stream is SslStream secure)
            await secure.ShutdownAsync().WaitAsync(limit.Token);
        socket.Shutdown(SocketShutdown.Send);
        var rest = new byte[4096];
        while (await socket.ReceiveAsync(rest, limit.Token) > 0)
        {
            // Nobody wants it.
        }
    }
}
