using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;

namespace SockSort.Mqtt.Tests.Receiving;

/// <summary>A connection on which given bytes come, then zeros, and then nothing any more.</summary>
/// <param name="chunkBytes">Most bytes that come at once.</param>
internal sealed class BytesChannel(byte[] bytes, long zeros = 0, int chunkBytes = int.MaxValue) : IMqttChannel
{
    private long _position;

    public X509Certificate2? ClientCertificate => null;

    public EndPoint? RemoteEndPoint => null;

    public EndPoint? LocalEndPoint => null;

    public bool IsSecureConnection => false;

    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DisconnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        count = (int)Math.Min(Math.Min(count, chunkBytes), bytes.Length + zeros - _position);
        var target = buffer.AsSpan(offset, count);
        target.Clear();
        if (_position < bytes.Length)
        {
            count = Math.Min(count, bytes.Length - (int)_position);
            bytes.AsSpan((int)_position, count).CopyTo(target);
        }
        _position += count;
        return Task.FromResult(count);
    }

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
