using SockSort.Mqtt.Broker.Keeping;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>Hands each message to the intakes that store it, to the retained messages and to its subscribers. Thread-safe.</summary>
internal sealed class MessageRouter
{
    private readonly BrokerTally _tally;
    private readonly StateJournal? _journal;
    private readonly Intake? _refusal;
    private readonly Lock _gate = new();
    private volatile Intake[] _intakes = [];

    /// <param name="journal">Keeps retained messages over a restart; null = nothing does.</param>
    public MessageRouter(BrokerOptions options, BrokerTally tally, StateJournal? journal = null)
    {
        (_tally, _journal) = (tally, journal);
        Retained = new RetainedMessages(options, journal);
        Shared = new SharedMessages(Subscriptions);
        if (options.MustBeStored is { } filter)
            _refusal = new Intake(
                [filter], messages => Task.FromException(MqttErrors.NotStored(messages[0].Topic)), tally, takesOneByOne: false);
    }

    public SubscriptionTree Subscriptions { get; } = new();

    public SharedMessages Shared { get; }

    public RetainedMessages Retained { get; }

    public void Add(Intake intake)
    {
        lock (_gate)
            _intakes = [.. _intakes, intake];
    }

    public void Remove(Intake intake)
    {
        lock (_gate)
            _intakes = [.. _intakes.Where(other => other != intake)];
    }

    /// <summary>Hands a message to each intake and each subscriber that wants it; they get messages in the order of the calls.</summary>
    public Publication Publish(BrokerMessage message, bool isDuplicate, ushort id)
    {
        Span<Arrival> one = [new Arrival(message, isDuplicate, id)];
        Publish(one);
        return new Publication(one[0].Stored, one[0].HasReceiver);
    }

    /// <summary>
    /// As <see cref="Publish(BrokerMessage, bool, ushort)"/>, of messages that have come together; says of each what has become of it.
    /// </summary>
    public void Publish(Span<Arrival> arrivals)
    {
        _ = Interlocked.Add(ref _tally.Received, arrivals.Length);
        var takers = new Takers(_intakes, _refusal);
        var receivers = new Receivers(Subscriptions);
        while (!arrivals.IsEmpty)
        {
            var ofSame = takers.Of(arrivals[0].Message.Topic);
            var count = 1;
            while (count < arrivals.Length && ofSame == takers.Of(arrivals[count].Message.Topic) && !Array.Exists(ofSame, IsSingle))
                count++;
            Publish(arrivals[..count], ofSame, ref receivers);
            arrivals = arrivals[count..];
        }
    }

    /// <summary>As <see cref="Publish(BrokerMessage, bool, ushort)"/>, without the intakes: of the broker's own process.</summary>
    public void Tell(BrokerMessage message)
    {
        Retain(message);
        _ = Send(message, new Receivers(Subscriptions).Of(message.Topic));
    }

    private static bool IsSingle(Intake intake) => intake.TakesOneByOne;

    /// <summary>Messages of the same takers: they are stored together, or none of them is.</summary>
    private void Publish(Span<Arrival> arrivals, Intake[] takers, ref Receivers receivers)
    {
        var stored = Store(arrivals, takers);
        var (keptQos, isAnyKept) = (0, false);
        foreach (ref var arrival in arrivals)
        {
            var message = arrival.Message;
            if (arrival.IsDuplicate)
                _ = Interlocked.Increment(ref _tally.Redelivered);
            Retain(message);
            var (subscribers, isKept) = Send(message, receivers.Of(message.Topic));
            arrival.HasReceiver = takers.Length > 0 || subscribers > 0;
            if (!message.Retain && !isKept)
                continue;
            (keptQos, isAnyKept) = (Math.Max(keptQos, message.Qos), true);
        }
        if (isAnyKept && Keep(keptQos) is { } keeping)
            stored = stored.IsCompletedSuccessfully ? keeping : Task.WhenAll(stored, keeping);
        foreach (ref var arrival in arrivals)
            arrival.Stored = stored;
    }

    private void Retain(BrokerMessage message)
    {
        if (message.Retain && !Retained.Set(message))
            _ = Interlocked.Increment(ref _tally.RetainedRefused);
    }

    /// <summary>
    /// Completes when messages that are kept may be acknowledged: those of QoS 1 and 2 are on disk by then. Those of QoS 0 ask for no
    /// such thing, and only wait so that memory does not fill where the disk is slower than the publisher.
    /// </summary>
    /// <param name="qos">The highest of them.</param>
    /// <returns>Null where nothing is kept.</returns>
    private Task? Keep(int qos) => qos > 0 ? _journal?.SyncedAsync() : _journal?.WrittenAsync();

    private static Task Store(ReadOnlySpan<Arrival> arrivals, Intake[] takers)
    {
        if (takers.Length == 0)
            return Task.CompletedTask;
        var taken = new MqttMessage[arrivals.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            var message = arrivals[i].Message;
            taken[i] = new MqttMessage(
                message.Topic, message.Payload, message.Qos, message.Retain, arrivals[i].IsDuplicate, arrivals[i].Id);
        }
        if (takers.Length == 1)
            return takers[0].StoreAsync(taken);
        return Task.WhenAll(Array.ConvertAll(takers, intake => intake.StoreAsync(taken)));
    }

    /// <returns>How many subscribers get it, and whether one of them keeps it over a restart.</returns>
    private (int Subscribers, bool IsKept) Send(BrokerMessage message, SubscriptionMatches matches)
    {
        var isKept = false;
        var subscribers = matches.Own.Count switch
        {
            0 => 0,
            1 => Send(message, matches.Own, ref isKept),
            _ => SendToEach(message, matches.Own, ref isKept),
        };
        foreach (var group in matches.Shared)
            subscribers += SendToOne(message, group, ref isKept);
        return (subscribers, isKept);
    }

    /// <summary>Section 4.8.2: to one of those that share a subscription.</summary>
    private int SendToOne(BrokerMessage message, SharedGroup group, ref bool isKept)
    {
        if (group.Next(message.Topic) is not { } chosen)
            return 0;
        isKept |= chosen.Subscriber.Offer(SharedMessages.For(message, chosen));
        // It may have gone between the choice and the offer.
        if (!chosen.Subscriber.IsConnected)
            Shared.HandOver(chosen.Subscriber);
        return 1;
    }

    private static int SendToEach(BrokerMessage message, List<Subscription> matches, ref bool isKept)
    {
        var subscribers = 0;
        foreach (var ofOne in matches.GroupBy(match => match.Subscriber))
            subscribers += Send(message, [.. ofOne], ref isKept);
        return subscribers;
    }

    /// <summary>[MQTT-3.3.4-2], [MQTT-3.3.4-3]: once, by the highest QoS of its filters, with the identifiers of all.</summary>
    /// <returns>1, or 0 where the subscriber does not want it.</returns>
    private static int Send(BrokerMessage message, List<Subscription> ofOne, ref bool isKept)
    {
        if (ofOne.Exists(subscription => subscription.Request.NoLocal))
            ofOne = ofOne.FindAll(subscription => !subscription.Request.NoLocal || subscription.Subscriber.ClientId != message.Sender);
        if (ofOne.Count == 0)
            return 0;
        var qos = Math.Min(message.Qos, ofOne.Max(subscription => subscription.Request.Qos));
        var retain = message.Retain && ofOne.Exists(subscription => subscription.Request.RetainAsPublished);
        IReadOnlyList<uint> identifiers = ofOne.Count == 1
            ? ofOne[0].Identifiers
            : [.. ofOne.SelectMany(subscription => subscription.Identifiers).Distinct()];
        isKept |= ofOne[0].Subscriber.Offer(new SubscriberMessage(message, qos, retain, identifiers));
        return 1;
    }
}
