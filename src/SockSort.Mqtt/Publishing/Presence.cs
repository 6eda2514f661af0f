using System.Buffers;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using SockSort.Mqtt.Connections;

namespace SockSort.Mqtt.Publishing;

/// <summary>
/// Says <c>online</c> and <c>offline</c> on a status topic, also as the last will. A broker may refuse either, by a code or by closing the
/// connection; the messages of the publisher go on without them, and now and then it is tried again.
/// </summary>
internal sealed class Presence(string topic, RefusedTopics refused, MqttEndpoint endpoint, TimeProvider clock)
{
    private const int MostLosses = 2;
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WillCheckedAtMost = TimeSpan.FromMinutes(1);

    private int _losses;
    private long? _pausedAt;
    private long? _willLeftOutAt;
    private long? _willSuspectedAt;
    private volatile bool _isUnanswered;

    /// <summary>Whether a status is on its way and the broker has not answered it.</summary>
    public bool IsUnanswered => _isUnanswered;

    /// <summary>Whether the next connection is to carry the last will.</summary>
    public bool CarriesWill => !IsWithin(_willLeftOutAt, TryAgainAfter);

    public void AddWill(MqttClientOptionsBuilder builder) => builder.WithWillTopic(topic).WithWillPayload("offline").WithWillRetain()
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);

    /// <summary>
    /// Whether a refused connection may be let in without the last will; at most once a minute, as a wrong password looks alike.
    /// </summary>
    public bool SuspectsWill(MqttException refusal)
    {
        if (!RefusalCodes.MayMeanTheWill(refusal) || IsWithin(_willSuspectedAt, WillCheckedAtMost))
            return false;
        _willSuspectedAt = clock.GetTimestamp();
        return true;
    }

    /// <param name="refusal">Of the connection with the last will; null where that was let in.</param>
    public void TellWill(MqttException? refusal)
    {
        _willLeftOutAt = refusal is null ? null : clock.GetTimestamp();
        if (refusal is null)
            refused.Remove(topic, isWill: true);
        else
            refused.Add(topic, MqttErrors.WillRefused(topic, refusal), isWill: true);
    }

    /// <summary>Says <c>online</c> until the broker takes it.</summary>
    /// <param name="mayBegin">Completes when the publisher's own messages have been let through, or none waits.</param>
    public async Task KeepSayingAsync(MqttConnection connection, Task mayBegin, CancellationToken end)
    {
        try
        {
            await mayBegin.WaitAsync(end);
            while (IsWithin(_pausedAt, TryAgainAfter) || !await SayAsync(connection, "online", end))
                await Task.Delay(TryAgainAfter, clock, end);
        }
        catch (Exception)
        {
            // The connection has ended: whoever serves it tells why.
        }
    }

    /// <summary>Says <c>offline</c>, where the broker takes the status.</summary>
    public async Task SayGoodbyeAsync(MqttConnection connection, CancellationToken end)
    {
        if (!refused.Has(topic))
            _ = await SayAsync(connection, "offline", end);
    }

    /// <summary>The connection has ended by the broker's doing.</summary>
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

    /// <summary>Says a status; false where the broker refuses it.</summary>
    private async Task<bool> SayAsync(MqttConnection connection, string status, CancellationToken end)
    {
        _isUnanswered = true;
        var result = await connection.Client.PublishAsync(new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(status)),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            Retain = connection.Result.RetainAvailable,
        }, end);
        (_isUnanswered, _losses) = (false, 0);
        if (result.IsSuccess)
            refused.Remove(topic);
        else
            Refuse(MqttErrors.Rejected(topic, result));
        return result.IsSuccess;
    }

    // It is not tried again with the next connection, even if it was a code that refused: Mosquitto 2.0 without a limit of queued messages
    // closes the connection as well.
    private void Refuse(MqttException reason)
    {
        refused.Add(topic, reason);
        _pausedAt = clock.GetTimestamp();
    }

    private bool IsWithin(long? since, TimeSpan time) => since is { } at && clock.GetElapsedTime(at) < time;
}
