using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>Hands each message to the intakes that store it, to the retained messages and to its subscribers. Thread-safe.</summary>
internal sealed class MessageRouter
{
    private readonly BrokerTally _tally;
    private readonly Intake? _refusal;
    private readonly Lock _gate = new();
    private volatile Intake[] _intakes = [];

    public MessageRouter(BrokerOptions options, BrokerTally tally)
    {
        _tally = tally;
        Retained = new RetainedMessages(options);
        if (options.MustBeStored is { } filter)
            _refusal = new Intake([filter], message => Task.FromException(MqttErrors.NotStored(message.Topic)), tally);
    }

    public SubscriptionTree Subscriptions { get; } = new();

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
        var subscribers = Tell(message);
        var stored = stores.Length switch
        {
            0 => Task.CompletedTask,
            1 => stores[0],
            _ => Task.WhenAll(stores),
        };
        return new Publication(stored, stores.Length > 0 || subscribers > 0);
    }

    /// <summary>As <see cref="Publish"/>, without the intakes: of the broker's own process.</summary>
    /// <returns>How many subscribers get it.</returns>
    public int Tell(BrokerMessage message)
    {
        if (message.Retain && !Retained.Set(message))
            _ = Interlocked.Increment(ref _tally.RetainedRefused);
        return Send(message);
    }

    private Task[] Store(BrokerMessage message, bool isDuplicate, int id)
    {
        var takers = Array.FindAll(_intakes, intake => intake.Takes(message.Topic));
        if (takers.Length == 0 && _refusal?.Takes(message.Topic) == true)
            takers = [_refusal];
        if (takers.Length == 0)
            return [];
        var taken = new MqttMessage(message.Topic, message.Payload, message.Qos, message.Retain, isDuplicate, id);
        return Array.ConvertAll(takers, intake => intake.StoreAsync(taken));
    }

    private int Send(BrokerMessage message)
    {
        var matches = new List<Subscription>();
        Subscriptions.Match(message.Topic, matches);
        if (matches.Count > 1)
            return matches.GroupBy(match => match.Subscriber).Count(ofOne => Send(message, [.. ofOne]));
        return matches.Count == 1 && Send(message, matches) ? 1 : 0;
    }

    /// <summary>[MQTT-3.3.4-2], [MQTT-3.3.4-3]: once, by the highest QoS of its filters, with the identifiers of all.</summary>
    private static bool Send(BrokerMessage message, List<Subscription> ofOne)
    {
        if (ofOne.Exists(subscription => subscription.Request.NoLocal))
            _ = ofOne.RemoveAll(subscription => subscription.Request.NoLocal && subscription.Subscriber.ClientId == message.Sender);
        if (ofOne.Count == 0)
            return false;
        var qos = Math.Min(message.Qos, ofOne.Max(subscription => subscription.Request.Qos));
        var retain = message.Retain && ofOne.Exists(subscription => subscription.Request.RetainAsPublished);
        IReadOnlyList<uint> identifiers = ofOne.Count == 1
            ? ofOne[0].Identifiers
            : [.. ofOne.SelectMany(subscription => subscription.Identifiers).Distinct()];
        ofOne[0].Subscriber.Offer(new SubscriberMessage(message, qos, retain, identifiers));
        return true;
    }
}
