using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Channel;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace SockSort.Mqtt.Receiving;

/// <summary>
/// The packets of a subscriber's connection. Messages do not pass through the library, whose queue has no bound: each waits in
/// the socket until there is room for it, is cut where it is too large, and is handed to <see cref="ReceivingOptions.Take"/>.
/// All other packets go to and come from the library's client.
/// </summary>
internal sealed class ReceivingAdapter : IMqttChannelAdapter
{
    // The broker closes the connection when it has read our DISCONNECT.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly IMqttChannel _channel;
    private readonly MqttPacketInspector _inspector;
    private readonly ReceivingOptions _options;
    private readonly ReadAhead _bytes;
    private readonly IncomingPacketReader _reader;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _disposed = new();
    private bool _isAccepted;
    private bool _hasLeft;
    private long _lastSent;
    private bool _isReset;
    private bool _hasDisconnected;
    private volatile MqttException? _failure;

    /// <param name="inspector">Is shown what answers CONNECT.</param>
    public ReceivingAdapter(
        IMqttChannel channel, MqttPacketFormatterAdapter formatter, MqttPacketInspector inspector, ReceivingOptions options)
    {
        (_channel, PacketFormatterAdapter, _inspector, _options) = (channel, formatter, inspector, options);
        _bytes = new ReadAhead(channel, options.Clock);
        _reader = new IncomingPacketReader(_bytes, formatter.ProtocolVersion == MqttProtocolVersion.V500, options.MaxPayloadBytes);
    }

    /// <summary>The broker has closed the connection, or broken it off, and has not said why.</summary>
    public bool ClosedWithoutReason => (_bytes.HasEnded || _isReset) && _failure is null && !_hasDisconnected;

    /// <summary>Longest time for which nothing was read, as there was no room.</summary>
    public TimeSpan LongestPushBack { get; private set; }

    public long BytesReceived => _bytes.Consumed;

    public long BytesSent { get; private set; }

    public X509Certificate2? ClientCertificate => _channel.ClientCertificate;

    public EndPoint? RemoteEndPoint => _channel.RemoteEndPoint;

    public EndPoint? LocalEndPoint => _channel.LocalEndPoint;

    public bool IsSecureConnection => _channel.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter { get; }

    public Task ConnectAsync(CancellationToken cancellationToken) => _channel.ConnectAsync(cancellationToken).WaitAsync(cancellationToken);

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        if (_hasLeft)
            await ReadToTheEndAsync(cancellationToken);
        await _channel.DisconnectAsync(cancellationToken);
    }

    public void ResetStatistics() => BytesSent = 0;

    /// <returns>The next packet that carries no message; null at the connection's end.</returns>
    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _reader.NextAsync(cancellationToken) is { } header)
            {
                if (!header.IsPublish)
                    return Noted(await DecodeAsync(header, cancellationToken));
                if (!_isAccepted)
                    throw MqttErrors.Malformed("PUBLISH", "it came before the CONNACK");
                await TakeAsync(header, cancellationToken);
            }
            return _failure is null ? null : throw _failure;
        }
        catch (Exception error) when (_failure is not null && error is not OperationCanceledException)
        {
            // It was closed here, which the reader sees as something else.
            throw _failure;
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            _isReset = true;
            throw;
        }
    }

    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        if (packet is MqttConnectPacket connect)
            Announce(connect);
        await _sending.WaitAsync(cancellationToken);
        try
        {
            var encoded = PacketFormatterAdapter.Encode(packet);
            await WriteAsync(encoded.Join(), cancellationToken);
            _hasLeft |= packet is MqttDisconnectPacket;
        }
        finally
        {
            PacketFormatterAdapter.Cleanup();
            _sending.Release();
        }
    }

    /// <summary>Acknowledges messages of this connection with one write: a PUBACK for QoS 1, a PUBREC for QoS 2.</summary>
    public async Task AcknowledgeAsync(IReadOnlyList<MqttMessage> messages, CancellationToken cancellationToken)
    {
        const int packetBytes = 4;
        var packets = new byte[messages.Count * packetBytes];
        var end = 0;
        foreach (var message in messages)
        {
            if (message.Qos == 0)
                continue;
            // [MQTT-3.4.2.1]: without a reason code the packet reports success, in each version.
            packets[end] = (byte)(message.Qos == 1 ? 0x40 : 0x50);
            packets[end + 1] = 2;
            packets[end + 2] = (byte)(message.Id >> 8);
            packets[end + 3] = (byte)message.Id;
            end += packetBytes;
        }
        if (end == 0)
            return;
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await WriteAsync(packets.AsMemory(0, end), cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _channel.Dispose();
    }

    /// <summary>
    /// A socket that is closed with bytes unread is reset, and with it go acknowledgements that the broker has not read yet.
    /// </summary>
    private async Task ReadToTheEndAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(EndPatience);
        var unread = new byte[64 * 1024];
        try
        {
            while (await _channel.ReadAsync(unread, 0, unread.Length, limit.Token) > 0)
            {
            }
        }
        catch (Exception)
        {
            // It is closed in any case.
        }
    }

    // Here, as the library refuses what only MQTT 5 has where an older version is spoken, and its own keep-alive can't be used.
    private void Announce(MqttConnectPacket connect)
    {
        connect.KeepAlivePeriod = (ushort)Math.Min(_options.KeepAlive.TotalSeconds, ushort.MaxValue);
        connect.ReceiveMaximum = (ushort)Math.Min(_options.MaxUnacknowledged, ushort.MaxValue);
        connect.MaximumPacketSize = (uint)(_options.AnnouncedMaxPacketBytes ?? 0);
    }

    private async ValueTask TakeAsync(PacketHeader header, CancellationToken cancellationToken)
    {
        var head = await _reader.ReadHeadAsync(header, cancellationToken);
        await FindRoomAsync(head.KeptBytes, cancellationToken);
        MqttMessage message;
        try
        {
            message = await _reader.ReadPayloadAsync(head, cancellationToken);
        }
        catch
        {
            _options.Room.Free(1, head.KeptBytes);
            throw;
        }
        _options.Take(message);
    }

    private async ValueTask FindRoomAsync(int bytes, CancellationToken cancellationToken)
    {
        var finding = _options.Room.TakeAsync(bytes, cancellationToken);
        if (finding.IsCompletedSuccessfully)
            return;
        var since = _options.Clock.GetTimestamp();
        try
        {
            await finding;
        }
        finally
        {
            var waited = _options.Clock.GetElapsedTime(since);
            if (waited > LongestPushBack)
                LongestPushBack = waited;
        }
    }

    private async ValueTask<MqttPacket> DecodeAsync(PacketHeader header, CancellationToken cancellationToken)
    {
        var packet = await _reader.ReadBodyAsync(header, cancellationToken);
        if (!_isAccepted)
            await ShowAsync(packet);
        try
        {
            return PacketFormatterAdapter.Decode(packet);
        }
        catch (Exception error)
        {
            throw MqttErrors.Malformed(IncomingPacketReader.Name(header.First), error.Message);
        }
    }

    private async Task ShowAsync(ReceivedMqttPacket packet)
    {
        _inspector.BeginReceivePacket();
        // Its length is not looked at; the answer to CONNECT is short.
        _inspector.FillReceiveBuffer([packet.FixedHeader, (byte)packet.Body.Count]);
        _inspector.FillReceiveBuffer([.. packet.Body]);
        await _inspector.EndReceivePacket();
    }

    private MqttPacket Noted(MqttPacket packet)
    {
        if (packet is MqttConnAckPacket { ReasonCode: MqttConnectReasonCode.Success } accepted)
            Accept(accepted);
        _hasDisconnected |= packet is MqttDisconnectPacket;
        return packet;
    }

    private void Accept(MqttConnAckPacket accepted)
    {
        _isAccepted = true;
        var period = accepted.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(accepted.ServerKeepAlive) : _options.KeepAlive;
        if (period > TimeSpan.Zero)
            _ = WatchAsync(period);
    }

    private async Task WatchAsync(TimeSpan period)
    {
        var clock = _options.Clock;
        TimeSpan SinceSent() => clock.GetElapsedTime(Interlocked.Read(ref _lastSent));
        var watch = new KeepAlive(period, clock, () => _bytes.Silence, SinceSent, PingAsync);
        try
        {
            await watch.UntilGoneAsync(_disposed.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        _failure = MqttErrors.NoAnswer(period * 1.5);
        _channel.Dispose();
    }

    private async Task PingAsync()
    {
        try
        {
            await SendPacketAsync(MqttPingReqPacket.Instance, _disposed.Token);
        }
        catch (Exception)
        {
            // The reader finds out what has become of the connection; what lies before its end is still to be read.
        }
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> packets, CancellationToken cancellationToken)
    {
        await _channel.WriteAsync(new ReadOnlySequence<byte>(packets), isEndOfPacket: true, cancellationToken);
        BytesSent += packets.Length;
        Interlocked.Exchange(ref _lastSent, _options.Clock.GetTimestamp());
    }
}
