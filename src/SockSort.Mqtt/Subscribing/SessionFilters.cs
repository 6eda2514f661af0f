using MQTTnet.Formatter;

namespace SockSort.Mqtt.Subscribing;

/// <summary>
/// Which filters the session has, as far as this side knows, and what is to be asked of the broker so that it has those that are wanted.
/// </summary>
/// <remarks>
/// MQTT 5 lets a subscription that is there already be made again without its retained messages (Retain Handling 1), so there each start
/// asks for all. To an older broker a subscription is a wish for the retained messages [MQTT-3.8.4-3]: there only what the session lacks
/// is asked for. Version 3.1 does not say whether it has the session: it is asked for all each time.
/// </remarks>
internal sealed class SessionFilters(SubscriberOptions options)
{
    private IReadOnlyDictionary<string, int> _known = options.KnownFilters;
    private bool _hasSubscribed;

    /// <summary>Filters that are no longer wanted. A broker that has no such subscription takes no offence.</summary>
    public List<string> ToRemove => [.. _known.Keys.Except(options.TopicFilters)];

    public List<string> ToAdd(bool isSessionPresent, MqttProtocolVersion version) => (isSessionPresent, version) switch
    {
        (false, _) => [.. options.TopicFilters],
        (true, MqttProtocolVersion.V500) => _hasSubscribed ? [] : [.. options.TopicFilters],
        _ => [.. options.TopicFilters.Where(filter => _known.GetValueOrDefault(filter, -1) != options.Qos)],
    };

    /// <summary>Called when the broker has granted what was asked for.</summary>
    public void Granted()
    {
        var now = options.TopicFilters.Distinct().ToDictionary(filter => filter, _ => options.Qos);
        var isNews = !_hasSubscribed || now.Count != _known.Count
            || now.Any(filter => _known.GetValueOrDefault(filter.Key, -1) != filter.Value);
        (_known, _hasSubscribed) = (now, true);
        if (isNews)
            options.Subscribed?.Invoke(now);
    }
}
