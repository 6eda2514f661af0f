using SockSort.Mqtt.Broker.Keeping;
using SockSort.Mqtt.Broker.Routing;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Sessions;

/// <summary>Notes the changes of one session in the journal while it is kept. Not thread-safe: the session guards it.</summary>
/// <param name="journal">Null = nothing is kept.</param>
internal sealed class SessionNotes(string clientId, StateJournal? journal)
{
    private long _number;

    public bool IsKept { get; set; }

    /// <summary>A message of an earlier start is there again.</summary>
    public void Restored(long number) => _number = Math.Max(_number, number);

    /// <summary>A message waits; it gets its number here where it is kept.</summary>
    public void Added(SubscriberMessage delivery)
    {
        if (!IsKept || delivery.Qos == 0)
            return;
        delivery.Number = ++_number;
        journal!.Add(new DeliveryAdded(clientId, delivery));
    }

    public void Sent(SubscriberMessage delivery, ushort id)
    {
        if (Keeps(delivery))
            journal!.Add(new DeliverySent(clientId, delivery.Number, id));
    }

    public void Received(SubscriberMessage delivery)
    {
        if (Keeps(delivery))
            journal!.Add(new DeliveryReceived(clientId, delivery.Number));
    }

    public void Done(SubscriberMessage delivery)
    {
        if (Keeps(delivery))
            journal!.Add(new DeliveryDone(clientId, delivery.Number));
    }

    public void Subscribed(Subscription subscription, bool isNew)
    {
        if (IsKept)
            journal!.Add(new Subscribed(clientId, subscription.Request, subscription.Identifier, subscription.GetsRetained(isNew)));
    }

    public void Unsubscribed(string filter)
    {
        if (IsKept)
            journal!.Add(new Unsubscribed(clientId, filter));
    }

    public void RetainedGiven(Subscription subscription)
    {
        if (IsKept)
            journal!.Add(new RetainedGiven(clientId, subscription.Filter));
    }

    private bool Keeps(SubscriberMessage delivery) => IsKept && delivery.Number > 0;
}
