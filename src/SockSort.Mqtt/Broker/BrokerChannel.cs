using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace SockSort.Mqtt;

/// <summary>One client's bytes. Reads ahead, as the library asks for two bytes at a time, and watches the packets' lengths.</summary>
internal sealed class BrokerChannel(Socket socket, int maxPacketBytes, BrokerTally tally) : IMqttChannel
{
    private const int ReadAheadBytes = 16 * 1024;

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly PacketSizeGuard _guard = new(maxPacketBytes);
    private readonly byte[] _ahead = new byte[ReadAheadBytes];
    private Memory<byte> _unread;

    public X509Certificate2? ClientCertificate => null;

    public EndPoint? RemoteEndPoint { get; } = socket.RemoteEndPoint;

    public EndPoint? LocalEndPoint { get; } = socket.LocalEndPoint;

    public bool IsSecureConnection => false;

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_unread.IsEmpty)
            _unread = _ahead.AsMemory(0, await _stream.ReadAsync(_ahead, cancellationToken));
        var read = Math.Min(count, _unread.Length);
        Inspect(_unread.Span[..read]);
        _unread[..read].CopyTo(buffer.AsMemory(offset));
        _unread = _unread[read..];
        return read;
    }

    public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        foreach (var part in buffer)
            await _stream.WriteAsync(part, cancellationToken);
    }

    public void Dispose() => _stream.Dispose();

    private void Inspect(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _guard.Pass(bytes);
        }
        catch (MqttProtocolViolationException)
        {
            _ = Interlocked.Increment(ref tally.OversizedPackets);
            throw;
        }
    }
}
