using System.Runtime.InteropServices;
using SockSort.Mqtt.Broker.Keeping;
using SockSort.Mqtt.Broker.Routing;
using SockSort.Mqtt.Broker.Sessions;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Clients;

/// <summary>
/// Does what one client's packets ask for. Messages that come one after the other are handed on together, at <see cref="HandOver"/>.
/// </summary>
/// <param name="answers">Has room for the answer to each packet.</param>
/// <param name="share">The client's part of what waits for its store.</param>
internal sealed class PacketHandler(BrokerSession session, Answers answers, UnstoredShare share, BrokerParts parts)
{
    private readonly Dictionary<int, string> _aliases = [];

    // Messages of QoS 0 and 1 that are not handed on yet.
    private readonly List<Arrival> _run = [];

    private BrokerOptions Options => parts.Options;

    /// <exception cref="PacketViolation">The packet is wrong after what came before it.</exception>
    public void Handle(ClientPacket packet)
    {
        if (packet is PublishPacket publish)
        {
            Handle(publish);
            return;
        }
        // What came before counts before.
        HandOver();
        switch (packet)
        {
            case AcknowledgePacket acknowledge:
                Handle(acknowledge);
                break;
            case SubscribePacket subscribe:
                Handle(subscribe);
                break;
            case UnsubscribePacket unsubscribe:
                Handle(unsubscribe);
                break;
            case PingPacket:
                answers.Add(writer => writer.PingAck());
                break;
            default:
                throw new PacketViolation(PacketRule.PacketType);
        }
    }

    /// <summary>Hands on the messages that have come so far.</summary>
    public void HandOver()
    {
        if (_run.Count == 0)
            return;
        try
        {
            HandOn(CollectionsMarshal.AsSpan(_run));
        }
        finally
        {
            _run.Clear();
        }
    }

    private void HandOn(Span<Arrival> run)
    {
        parts.Router.Publish(run);
        for (var (first, end) = (0, 1); end <= run.Length; end++)
        {
            if (end < run.Length && run[end].Stored == run[first].Stored)
                continue;
            Answer(run[first..end], run[first].Stored);
            first = end;
        }
    }

    private void Handle(PublishPacket publish)
    {
        var topic = TopicOf(publish);
        if (RefusalOf(publish, topic) is { } refusal)
        {
            HandOver();
            parts.Tally.Refuse(refusal);
            Answer(publish, Publication.None, ReasonCode.NotAuthorized);
            return;
        }
        var time = Options.Time;
        var message = new BrokerMessage(topic, publish.Payload, publish.Qos, publish.Retain, publish.Properties, publish.ExpirySeconds,
            session.ClientId, time, time.GetTimestamp());
        if (publish.Qos < 2)
            _run.Add(new Arrival(message, publish.Duplicate, publish.Id));
        else
            HandleOnce(publish, message);
    }

    private string? RefusalOf(PublishPacket publish, string topic)
    {
        // Section 4.7.2: clients should not be able to use it.
        if (TopicSyntax.IsOfTheBroker(topic))
            return "PUBLISH below $SYS, which is the broker's own [MQTT 4.7.2]";
        return session.Check.MayWrite(topic) ? null : "PUBLISH to a topic that the user may not write";
    }

    /// <summary>A message of QoS 2.</summary>
    private void HandleOnce(PublishPacket publish, BrokerMessage message)
    {
        HandOver();
        if (session.Received.TryGetValue(publish.Id, out var earlier) && !earlier.Stored.IsFaulted)
        {
            // [MQTT-4.3.3-10] (5): the same message once more, until PUBREL.
            Answer(publish, earlier, ReasonCode.Success);
            return;
        }
        var publication = parts.Router.Publish(message, publish.Duplicate, publish.Id);
        session.Received[publish.Id] = publication = publication with { Stored = NoteArrivalAsync(publish.Id, publication.Stored) };
        share.Hold(message.Bytes, publication.Stored);
        Answer(publish, publication, CodeOf(publication.HasReceiver));
    }

    /// <summary>
    /// Once the message is stored its identifier is kept, so that it comes only once over a restart too: not before, since the
    /// broker may end in between.
    /// </summary>
    private Task NoteArrivalAsync(ushort id, Task stored)
    {
        return session.IsKept && parts.Journal is { } journal ? NoteAsync(journal) : stored;

        async Task NoteAsync(StateJournal journal)
        {
            await stored;
            journal.Add(new PublishArrived(session.ClientId, id));
            await journal.SyncedAsync();
        }
    }

    private static byte CodeOf(bool hasReceiver) => hasReceiver ? ReasonCode.Success : ReasonCode.NoMatchingSubscribers;

    /// <param name="arrivals">Stored together.</param>
    private void Answer(ReadOnlySpan<Arrival> arrivals, Task stored)
    {
        var (bytes, unanswered) = (0L, 0);
        foreach (ref readonly var arrival in arrivals)
        {
            bytes += arrival.Message.Bytes;
            if (arrival.Message.Qos == 0)
                unanswered++;
            else
                answers.Acknowledge(stored, PacketType.PublishAck, arrival.Id, CodeOf(arrival.HasReceiver));
        }
        share.Hold(bytes, stored);
        answers.None(stored, unanswered);
    }

    private void Answer(PublishPacket publish, Publication publication, byte code)
    {
        if (publish.Qos == 0)
        {
            answers.None();
            return;
        }
        var type = publish.Qos == 1 ? PacketType.PublishAck : PacketType.PublishReceived;
        answers.Acknowledge(publication.Stored, type, publish.Id, code);
    }

    private string TopicOf(PublishPacket publish)
    {
        if (publish.Alias == 0)
            return publish.Topic;
        if (publish.Topic.Length > 0)
            _aliases[publish.Alias] = publish.Topic;
        return _aliases.GetValueOrDefault(publish.Alias) ?? throw new PacketViolation(PacketRule.UnknownAlias);
    }

    private void Handle(AcknowledgePacket acknowledge)
    {
        var id = acknowledge.Id;
        switch (acknowledge.Type)
        {
            case PacketType.PublishRelease:
                var wasOpen = session.Received.Remove(id);
                if (wasOpen && session.IsKept)
                    parts.Journal?.Add(new PublishReleased(session.ClientId, id));
                answers.Add(writer => writer.Acknowledge(PacketType.PublishComplete, id, Found(wasOpen)));
                return;
            case PacketType.PublishReceived when acknowledge.Reason < ReasonCode.FirstError:
                var isOpen = session.HasReceived(id);
                // Once it is released the client may take a message of this identifier for another one.
                _ = AnswerKept(writer => writer.Acknowledge(PacketType.PublishRelease, id, Found(isOpen)));
                return;
            default:
                session.Acknowledged(id);
                answers.None();
                return;
        }
    }

    /// <summary>Answers; for a session that is kept, once what was asked for is on disk.</summary>
    /// <returns>Completes when it is.</returns>
    private Task AnswerKept(Action<PacketWriter> write)
    {
        if (!session.IsKept || parts.Journal is not { } journal)
        {
            answers.Add(write);
            return Task.CompletedTask;
        }
        var kept = journal.SyncedAsync();
        answers.Add(kept, write);
        return kept;
    }

    private static byte Found(bool isFound) => isFound ? ReasonCode.Success : ReasonCode.PacketIdNotFound;

    private void Handle(SubscribePacket subscribe)
    {
        var codes = new List<byte>();
        var backlogs = new List<RetainedBacklog>();
        // One after the other, as if each came alone [MQTT-3.8.4-5].
        foreach (var request in subscribe.Requests)
        {
            var refusal = RefusalOf(request.Filter);
            codes.Add(refusal ?? (byte)request.Qos);
            if (refusal is null)
                Subscribe(request, subscribe.Identifier, backlogs);
        }
        var answered = AnswerKept(writer => writer.SubscribeAck(subscribe.Id, codes));
        if (answered.IsCompletedSuccessfully)
            Begin(subscribe, backlogs);
        else
            _ = answered.ContinueWith(_ => Begin(subscribe, backlogs), TaskScheduler.Default);
    }

    /// <summary>Gives the client what has waited for its subscriptions, after they are answered.</summary>
    private void Begin(SubscribePacket subscribe, List<RetainedBacklog> backlogs)
    {
        backlogs.ForEach(session.Add);
        parts.Router.Shared.TakeOver(subscribe.Requests.Select(request => request.Filter));
    }

    private byte? RefusalOf(string filter)
    {
        if (TopicSyntax.IsWrongShare(filter))
        {
            parts.Tally.Refuse("a shared subscription without a group's name or without a filter [MQTT-4.8.2-1]");
            return ReasonCode.FilterNotValid;
        }
        if (TopicSyntax.IsTooDeep(filter))
        {
            parts.Tally.Refuse($"a topic filter of more than {TopicSyntax.MostLevels} levels");
            return ReasonCode.FilterNotValid;
        }
        if (!session.Check.MaySubscribe(TopicSyntax.UnsharedOf(filter)))
        {
            parts.Tally.Refuse("a subscription to topics that the user may not read");
            return ReasonCode.NotAuthorized;
        }
        if (session.HasRoomFor(filter))
            return null;
        parts.Tally.Refuse($"more than {Options.MaxSubscriptionsPerClient} subscriptions of one client");
        return ReasonCode.QuotaExceeded;
    }

    private void Subscribe(SubscriptionRequest request, uint identifier, List<RetainedBacklog> backlogs)
    {
        // Retain as published, no local: MQTT 5 only; before it a retained flag never goes on [MQTT-3.3.1-9].
        var subscription = new Subscription(session, request, identifier);
        var isNew = session.Add(subscription) is null;
        parts.Router.Subscriptions.Add(subscription);
        if (subscription.GetsRetained(isNew))
            backlogs.Add(new RetainedBacklog(subscription, parts.Router.Retained.Matching(request.Filter)));
    }

    private void Handle(UnsubscribePacket unsubscribe)
    {
        var codes = unsubscribe.Filters.Select(Unsubscribe).ToList();
        answers.Add(writer => writer.UnsubscribeAck(unsubscribe.Id, codes));
    }

    private byte Unsubscribe(string filter)
    {
        if (session.Remove(filter) is not { } removed)
            return ReasonCode.NoSubscriptionExisted;
        parts.Router.Subscriptions.Remove(removed);
        return ReasonCode.Success;
    }
}
