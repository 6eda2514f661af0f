using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using SockSort.Mqtt.Connections;

namespace SockSort.Mqtt.Publishing;

/// <summary>
/// Publishes on a retained topic whether the publisher is there: <c>online</c> or another word, <c>stopped</c> at its end, and
/// <c>offline</c> as the last will. Where a broker refuses the last will, it is left out, and retried from time to time.
/// </summary>
internal sealed class Presence
{
    private const string Online = "online";
    private const string Offline = "offline";
    private const string Stopped = "stopped";
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WillCheckedAtMost = TimeSpan.FromMinutes(1);

    private readonly string _topic;
    private readonly RefusedTopics _refused;
    private readonly TimeProvider _clock;
    private long? _willLeftOutAt;
    private long? _willSuspectedAt;

    public Presence(string topic, RefusedTopics refused, MqttEndpoint endpoint, TimeProvider clock)
    {
        (_topic, _refused, _clock) = (topic, refused, clock);
        Said = new RetainedTopic(topic, refused, endpoint, clock);
        Become(Online);
    }

    public RetainedTopic Said { get; }

    /// <summary>Whether the next connection carries the last will.</summary>
    public bool CarriesWill => !IsWithin(_willLeftOutAt, TryAgainAfter);

    /// <summary>Publishes a word from now on.</summary>
    public void Become(string word) => Said.Set(Encoding.UTF8.GetBytes(word));

    public void AddWill(MqttClientOptionsBuilder builder) => builder.WithWillTopic(_topic).WithWillPayload(Offline).WithWillRetain()
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);

    /// <summary>
    /// Whether a refused connection may be accepted without the last will. True at most once a minute, since a wrong password looks the
    /// same.
    /// </summary>
    public bool SuspectsWill(MqttException refusal)
    {
        if (!RefusalCodes.MayMeanTheWill(refusal) || IsWithin(_willSuspectedAt, WillCheckedAtMost))
            return false;
        _willSuspectedAt = _clock.GetTimestamp();
        return true;
    }

    /// <param name="refusal">The error of the connection with the last will; null where the broker accepted it.</param>
    public void TellWill(MqttException? refusal)
    {
        _willLeftOutAt = refusal is null ? null : _clock.GetTimestamp();
        if (refusal is null)
            _refused.Remove(_topic, isWill: true);
        else
            _refused.Add(_topic, MqttErrors.WillRefused(_topic, refusal), isWill: true);
    }

    /// <summary>Publishes that the publisher was stopped, unless the broker refuses the status topic.</summary>
    public async Task SayGoodbyeAsync(MqttConnection connection, CancellationToken end)
    {
        if (!Said.IsRefused)
            _ = await Said.SayAsync(connection, Encoding.UTF8.GetBytes(Stopped), end);
    }

    private bool IsWithin(long? since, TimeSpan time) => since is { } at && _clock.GetElapsedTime(at) < time;
}
