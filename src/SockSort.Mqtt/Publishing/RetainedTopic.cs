using MQTTnet.Protocol;
using SockSort.Mqtt.Connections;

namespace SockSort.Mqtt.Publishing;

/// <summary>
/// Publishes the newest of a kind of message on a retained topic, for clients that come later. A broker may refuse it by a reason code or
/// by closing the connection; the publisher's messages then continue without it, and it is retried from time to time. Thread-safe.
/// </summary>
internal sealed class RetainedTopic(string topic, RefusedTopics refused, MqttEndpoint endpoint, TimeProvider clock)
{
    private const int MostLosses = 2;
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private byte[]? _newest;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _losses;
    private long? _pausedAt;
    private volatile bool _isUnanswered;

    /// <summary>Whether a message was sent that the broker has not answered yet.</summary>
    public bool IsUnanswered => _isUnanswered;

    public bool IsRefused => refused.Has(topic);

    private bool IsPaused => _pausedAt is { } at && clock.GetElapsedTime(at) < TryAgainAfter;

    /// <summary>Sets the newest message; an earlier one that was not sent yet is skipped.</summary>
    public void Set(byte[] newest)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (_newest?.AsSpan().SequenceEqual(newest) == true)
                return;
            (_newest, changed) = (newest, _changed);
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.SetResult();
    }

    /// <summary>Publishes each newest message, with retries until the broker takes it, as long as the connection lasts.</summary>
    /// <param name="mayBegin">Completes when the broker has answered a message of the publisher, or none waits.</param>
    public async Task KeepSayingAsync(MqttConnection connection, Task mayBegin, CancellationToken end)
    {
        try
        {
            await mayBegin.WaitAsync(end);
            while (true)
            {
                var (newest, changed) = Newest();
                if (newest is null)
                    await changed.WaitAsync(end);
                else if (!IsPaused && await SayAsync(connection, newest, end))
                    await changed.WaitAsync(end);
                else
                    await Task.Delay(TryAgainAfter, clock, end);
            }
        }
        catch (Exception)
        {
            // The connection has ended; the code that serves it reports why.
        }
    }

    /// <summary>Publishes a message once; false where the broker refuses it.</summary>
    public async Task<bool> SayAsync(MqttConnection connection, byte[] newest, CancellationToken end)
    {
        _isUnanswered = true;
        var message = ApplicationMessages.Of(
            topic, newest, MqttQualityOfServiceLevel.AtLeastOnce, connection.Result.RetainAvailable);
        var result = await connection.Client.PublishAsync(message, end);
        (_isUnanswered, _losses) = (false, 0);
        if (result.IsSuccess)
            refused.Remove(topic);
        else
            Refuse(MqttErrors.Rejected(topic, result));
        return result.IsSuccess;
    }

    /// <summary>Called when the broker has ended the connection.</summary>
    public void ConnectionLost(MqttException lost)
    {
        if (!_isUnanswered)
            return;
        _isUnanswered = false;
        if (!RefusalCodes.MayMeanAMessage(lost) || ++_losses < MostLosses)
            return;
        _losses = 0;
        Refuse(MqttErrors.ClosedOnMessage(endpoint, topic, lost));
    }

    private (byte[]? Newest, Task Changed) Newest()
    {
        lock (_gate)
            return (_newest, _changed.Task);
    }

    // It is not retried with the next connection, even after a refusal by a reason code: Mosquitto 2.0 without a limit of queued messages
    // closes the connection as well.
    private void Refuse(MqttException reason)
    {
        refused.Add(topic, reason);
        _pausedAt = clock.GetTimestamp();
    }
}
