using SockSort.Mqtt.Connections;
using SockSort.Mqtt.Receiving;

namespace SockSort.Mqtt.Subscribing;

/// <summary>Hands batches to whoever takes them, again and again until it has.</summary>
internal sealed class MessageHandler(
    Func<IReadOnlyList<MqttMessage>, CancellationToken, Task> handleAsync, PendingRoom room, SubscriberTally tally, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>The handler has failed; the batch will be handed to it again.</summary>
    public event Action<Exception>? Failed;

    /// <summary>The handler works again after a failure.</summary>
    public event Action? Healed;

    /// <summary>Returns when the handler has completed, and frees the messages' room.</summary>
    /// <param name="giveUp">Ends the attempts, not one that is under way.</param>
    /// <param name="abandon">Ends the attempt under way.</param>
    /// <exception cref="OperationCanceledException">The batch is not handled, and keeps its room.</exception>
    public async Task HandleAsync(IReadOnlyList<MqttMessage> batch, CancellationToken giveUp, CancellationToken abandon)
    {
        var backoff = new Backoff(FirstPause, LongestPause, clock);
        while (!await TryAsync(batch, abandon))
            await backoff.WaitAsync(giveUp);
        room.Free(batch.Count, batch.Sum(message => (long)message.Payload.Length));
        _ = Interlocked.Add(ref tally.Handled, batch.Count);
    }

    private async Task<bool> TryAsync(IReadOnlyList<MqttMessage> batch, CancellationToken abandon)
    {
        abandon.ThrowIfCancellationRequested();
        try
        {
            await handleAsync(batch, abandon);
            Succeeded();
            return true;
        }
        catch (Exception error)
        {
            abandon.ThrowIfCancellationRequested();
            _ = Interlocked.Increment(ref tally.HandlerFailures);
            tally.HandlerError = error.Message;
            Failed?.Invoke(error);
            return false;
        }
    }

    private void Succeeded()
    {
        if (tally.HandlerError is null)
            return;
        tally.HandlerError = null;
        Healed?.Invoke();
    }
}
