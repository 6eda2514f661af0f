using MQTTnet.Packets;

namespace SockSort.Mqtt;

/// <summary>
/// A published message on its way through the broker: it ties the packet, whose identifier the acknowledgement needs, to
/// the message, which the publish interceptor stores.
/// </summary>
/// <remarks>
/// It travels as the packet's list of user properties: that is the one object which the broker library hands on from
/// packet to message untouched. Were a later version to copy the list, <see cref="Stored"/> would never complete and no
/// acknowledgement would go out: that fails loudly, and safely.
/// </remarks>
internal sealed class Arrival : List<MqttUserProperty>
{
    private readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Arrival(MqttPublishPacket packet)
        : base(packet.UserProperties ?? [])
    {
        Id = packet.PacketIdentifier;
        Stored = _stored.Task;
    }

    /// <summary>The packet identifier; 0 for QoS 0.</summary>
    public int Id { get; }

    /// <summary>Whether any intake takes the message.</summary>
    public bool Taken { get; private set; }

    /// <summary>Completes when every intake has stored the message (at once where none takes it); fails with the first failure.</summary>
    public Task Stored { get; private set; }

    /// <summary>An earlier arrival with the same identifier that is not acknowledged yet has to be stored as well.</summary>
    public void Await(Arrival earlier) => Stored = Task.WhenAll(earlier.Stored, _stored.Task);

    public void Follow(IReadOnlyList<Task> stores)
    {
        Taken = stores.Count > 0;
        if (!Taken)
            _stored.SetResult();
        else
            _ = Task.WhenAll(stores).ContinueWith(all => _stored.SetFromTask(all),
                CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
