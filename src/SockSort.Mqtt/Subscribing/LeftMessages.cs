using SockSort.Mqtt.Receiving;

namespace SockSort.Mqtt.Subscribing;

/// <summary>
/// What was taken from a connection and not handled before it ended. The broker sends again what it has to be acknowledged, where it
/// still has the session; the rest is nowhere else, and is handled before new messages are taken.
/// </summary>
internal sealed class LeftMessages(MessageHandler handler, PendingRoom room, SubscriberTally tally)
{
    private const int MaxBatch = 500;

    private readonly List<MqttMessage> _onlyHere = [];
    private readonly List<MqttMessage> _maybeSentAgain = [];

    public void Add(IEnumerable<MqttMessage> messages)
    {
        foreach (var message in messages)
            (message.Qos == 0 ? _onlyHere : _maybeSentAgain).Add(message);
    }

    /// <summary>Handles messages that no broker sends again.</summary>
    /// <exception cref="OperationCanceledException">The rest is kept.</exception>
    public async Task HandleAsync(CancellationToken giveUp, CancellationToken abandon)
    {
        while (_onlyHere.Count > 0)
        {
            var batch = _onlyHere.GetRange(0, Math.Min(MaxBatch, _onlyHere.Count));
            await handler.HandleAsync(batch, giveUp, abandon);
            _onlyHere.RemoveRange(0, batch.Count);
        }
    }

    /// <summary>The broker has the session, and sends the messages with acknowledgement again.</summary>
    public void SessionIsThere() => Release(_maybeSentAgain);

    /// <summary>Called when the broker has no session: it sends nothing again.</summary>
    public void SessionIsGone()
    {
        _onlyHere.AddRange(_maybeSentAgain);
        _maybeSentAgain.Clear();
    }

    /// <summary>Nobody will handle them any more.</summary>
    public void GiveUp()
    {
        _ = Interlocked.Add(ref tally.Dropped, _onlyHere.Count);
        Release(_onlyHere);
        Release(_maybeSentAgain);
    }

    private void Release(List<MqttMessage> messages)
    {
        room.Free(messages.Count, messages.Sum(message => (long)message.Payload.Length));
        messages.Clear();
    }
}
