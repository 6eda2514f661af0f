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
            _refusal = new Intake([filter], message => Task.FromException(MqttErrors.NotStored(message.Topic)), tally);
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
    /// <param name="isDuplicate">Its publisher says that it may have sent it before.</param>
    /// <param name="id">Its packet's identifier, for the intakes; 0 = none.</param>
    public Publication Publish(BrokerMessage message, bool isDuplicate, int id)
    {
        _ = Interlocked.Increment(ref _tally.Received);
        if (isDuplicate)
            _ = Interlocked.Increment(ref _tally.Redelivered);
        var stores = Store(message, isDuplicate, id);
        var hasIntake = stores.Length > 0;
        Retain(message);
        var (subscribers, isKept) = Send(message);
        if (Keep(message, isKept) is { } keeping)
            stores = [.. stores, keeping];
        var stored = stores.Length switch
        {
            0 => Task.CompletedTask,
            1 => stores[0],
            _ => Task.WhenAll(stores),
        };
        return new Publication(stored, hasIntake || subscribers > 0);
    }

    /// <summary>As <see cref="Publish"/>, without the intakes: of the broker's own process.</summary>
    public void Tell(BrokerMessage message)
    {
        Retain(message);
        _ = Send(message);
    }

    private void Retain(BrokerMessage message)
    {
        if (message.Retain && !Retained.Set(message))
            _ = Interlocked.Increment(ref _tally.RetainedRefused);
    }

    /// <summary>
    /// Completes when a message that is kept may be acknowledged: one of QoS 1 and 2 is on disk by then. One of QoS 0 asks for no
    /// such thing, and only waits so that memory does not fill where the disk is slower than the publisher.
    /// </summary>
    /// <returns>Null where nothing of it is kept.</returns>
    private Task? Keep(BrokerMessage message, bool isKept)
    {
        if (_journal is null || !(message.Retain || isKept))
            return null;
        return message.Qos > 0 ? _journal.SyncedAsync() : _journal.WrittenAsync();
    }

    private Task[] Store(BrokerMessage message, bool isDuplicate, int id)
    {
        var takers = TakersOf(message.Topic);
        if (takers.Length == 0)
            return [];
        var taken = new MqttMessage(message.Topic, message.Payload, message.Qos, message.Retain, isDuplicate, id);
        if (takers.Length == 1)
            return [takers[0].StoreAsync(taken)];
        return Array.ConvertAll(takers, intake => intake.StoreAsync(taken));
    }

    private Intake[] TakersOf(string topic)
    {
        var intakes = _intakes;
        // One connector is the usual case, and asks for no array of its own.
        var takers = intakes.Length == 1 && intakes[0].Takes(topic) ? intakes : Array.FindAll(intakes, intake => intake.Takes(topic));
        return takers.Length == 0 && _refusal?.Takes(topic) == true ? [_refusal] : takers;
    }

    /// <returns>How many subscribers get it, and whether one of them keeps it over a restart.</returns>
    private (int Subscribers, bool IsKept) Send(BrokerMessage message)
    {
        var matches = new SubscriptionMatches();
        Subscriptions.Match(message.Topic, matches);
        var isKept = false;
        var subscribers = matches.Own.Count switch
        {
            0 => 0,
            1 => Send(message, matches.Own, ref isKept),
            _ => SendToEach(message, matches.Own, ref isKept),
        };
        foreach (var group in matches.Shared ?? [])
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
            _ = ofOne.RemoveAll(subscription => subscription.Request.NoLocal && subscription.Subscriber.ClientId == message.Sender);
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
