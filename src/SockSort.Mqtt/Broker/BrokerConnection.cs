using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace SockSort.Mqtt;

/// <summary>
/// One client's packets, on their way in and out of the broker. Holds each acknowledgement back until the message is
/// stored, and closes the connection without it where the store fails, so that the publisher sends the message again.
/// </summary>
/// <remarks>
/// Messages are taken in while earlier ones are still being stored: publishers pipeline, up to
/// <see cref="BrokerOptions.MaxUnstoredMessages"/>. The identifiers are this connection's own: an acknowledgement that the
/// session carries over from an earlier connection meets no arrival here and is not sent.
/// </remarks>
internal sealed class BrokerConnection(MqttChannelAdapter inner, BrokerOptions options) : IMqttChannelAdapter
{
    private readonly ConcurrentDictionary<ushort, Arrival> _unacknowledged = [];
    private readonly SemaphoreSlim _room = new(options.MaxUnstoredMessages);

    public long BytesReceived => inner.BytesReceived;

    public long BytesSent => inner.BytesSent;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public void ResetStatistics() => inner.ResetStatistics();

    public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        var packet = await inner.ReceivePacketAsync(cancellationToken);
        if (packet is MqttConnectPacket connect)
            Name(connect);
        else if (packet is MqttPublishPacket publish)
            await ArriveAsync(publish, cancellationToken);
        return packet;
    }

    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        var mayGo = packet switch
        {
            MqttConnAckPacket welcome => Announce(welcome),
            MqttPubAckPacket acknowledgement => await StoredAsync(acknowledgement),
            MqttPubRecPacket receipt => await StoredAsync(receipt),
            _ => true,
        };
        if (mayGo)
            await inner.SendPacketAsync(packet, cancellationToken);
    }

    public void Dispose() => inner.Dispose();

    // [MQTT-3.1.3-6], [MQTT-3.1.3-7]: an empty identifier is assigned one, for a clean session only. The library does so for
    // MQTT 5 (in the connection's validation), not for 3.1.1.
    private void Name(MqttConnectPacket connect)
    {
        if (connect.ClientId?.Length is null or 0 && connect.CleanSession && PacketFormatterAdapter.ProtocolVersion != MqttProtocolVersion.V500)
            connect.ClientId = EmbeddedBroker.AssignClientId();
    }

    private async Task ArriveAsync(MqttPublishPacket publish, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        var arrival = new Arrival(publish);
        publish.UserProperties = arrival;
        if (publish.QualityOfServiceLevel > MqttQualityOfServiceLevel.AtMostOnce)
            _ = _unacknowledged.AddOrUpdate(publish.PacketIdentifier, arrival, (_, earlier) =>
            {
                arrival.Await(earlier);
                return arrival;
            });
        _ = arrival.Stored.ContinueWith(_ => _room.Release(),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private bool Announce(MqttConnAckPacket welcome)
    {
        welcome.MaximumPacketSize = (uint)options.MaxPacketBytes;
        welcome.ReceiveMaximum = (ushort)Math.Min(options.MaxUnstoredMessages, ushort.MaxValue);
        return true;
    }

    private async Task<bool> StoredAsync(MqttPubAckPacket acknowledgement)
    {
        var arrival = await StoredAsync(acknowledgement.PacketIdentifier);
        // The broker has found no subscriber; the intake is one.
        if (arrival?.Taken == true && acknowledgement.ReasonCode == MqttPubAckReasonCode.NoMatchingSubscribers)
            acknowledgement.ReasonCode = MqttPubAckReasonCode.Success;
        return arrival is not null;
    }

    private async Task<bool> StoredAsync(MqttPubRecPacket receipt)
    {
        var arrival = await StoredAsync(receipt.PacketIdentifier);
        if (arrival?.Taken == true && receipt.ReasonCode == MqttPubRecReasonCode.NoMatchingSubscribers)
            receipt.ReasonCode = MqttPubRecReasonCode.Success;
        return arrival is not null;
    }

    /// <summary>Null where the acknowledgement must not go out.</summary>
    private async Task<Arrival?> StoredAsync(ushort id)
    {
        if (!_unacknowledged.TryRemove(id, out var arrival))
            return null;
        try
        {
            await arrival.Stored;
            return arrival;
        }
        catch (Exception)
        {
            // Counted, with its text, where the store was started.
            inner.Dispose();
            return null;
        }
    }
}
