using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SockSort.Mqtt.Connections;
using SockSort.Mqtt.Receiving;

namespace SockSort.Mqtt.Subscribing;

/// <summary>Asks brokers for the subscriber's topics.</summary>
internal sealed class Subscription(SubscriberOptions options, PendingRoom room, SubscriberTally tally, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly SessionFilters _filters = new(options);

    /// <summary>Returns when the broker has granted every filter, or has kept the subscription with the session.</summary>
    /// <returns>What is less than was asked for; null where nothing is.</returns>
    /// <exception cref="MqttException">The broker refuses a filter, does not answer, or the connection ends.</exception>
    public async Task<MqttException?> StandAsync(MqttConnection connection, CancellationToken stopping)
    {
        if (_filters.ToRemove is { Count: > 0 } removed)
        {
            var unsubscription = new MqttClientUnsubscribeOptions { TopicFilters = removed };
            _ = await AnswerAsync(connection, limit => connection.Client.UnsubscribeAsync(unsubscription, limit), stopping);
        }
        MqttException? less = null;
        if (_filters.ToAdd(connection.Result.IsSessionPresent, connection.Version) is { Count: > 0 } added)
        {
            var subscription = Subscribe(added, connection.Version);
            less = Judge(await AnswerAsync(connection, limit => connection.Client.SubscribeAsync(subscription, limit), stopping));
        }
        _filters.Granted();
        return less;
    }

    private MqttException? Judge(MqttClientSubscribeResult result)
    {
        MqttException? less = null;
        foreach (var item in result.Items)
        {
            var (filter, code) = (item.TopicFilter.Topic, item.ResultCode);
            if (code > MqttClientSubscribeResultCode.GrantedQoS2)
                throw MqttErrors.SubscriptionRefused(options.Endpoint, filter, code);
            if ((int)code < options.Qos)
                less = MqttErrors.LesserQos(options.Endpoint, filter, (int)code, options.Qos);
        }
        return less;
    }

    private MqttClientSubscribeOptions Subscribe(List<string> filters, MqttProtocolVersion version) => new()
    {
        TopicFilters = [.. filters.Select(filter => new MqttTopicFilter
        {
            Topic = filter,
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)options.Qos,
            RetainHandling = version == MqttProtocolVersion.V500
                ? MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly
                : MqttRetainHandling.SendAtSubscribe,
        })],
    };

    // The answer may lie behind many messages, whose handling may take its time: only without any progress is it missed.
    private async Task<T> AnswerAsync<T>(MqttConnection connection, Func<CancellationToken, Task<T>> askAsync, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            var answer = askAsync(limit.Token);
            for (var before = -1L; await Task.WhenAny(answer, Task.Delay(Patience, clock, limit.Token)) != answer;)
            {
                var now = Interlocked.Read(ref tally.Received);
                if (now == before && !room.IsWaitedFor)
                    throw MqttErrors.SubscriptionUnanswered(options.Endpoint, Patience);
                before = now;
            }
            return await answer;
        }
        catch (Exception error) when (error is not MqttException && !stopping.IsCancellationRequested)
        {
            throw await WhyUnansweredAsync(connection, error);
        }
        finally
        {
            await limit.CancelAsync();
        }
    }

    // The library fails the answer as soon as the connection ends, and reports the end a little later.
    private async Task<MqttException> WhyUnansweredAsync(MqttConnection connection, Exception error)
    {
        if (await Task.WhenAny(connection.Lost, Task.Delay(EndPatience, clock)) != connection.Lost)
            return MqttErrors.Malformed("SUBACK", error.Message);
        var lost = await connection.Lost;
        return lost.Kind == MqttErrorKind.TakenOver ? lost : MqttErrors.ClosedAtSubscription(options.Endpoint, options.TopicFilters, lost);
    }
}
