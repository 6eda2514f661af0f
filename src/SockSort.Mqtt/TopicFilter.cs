using MQTTnet;

namespace SockSort.Mqtt;

/// <summary>Topic filters of subscriptions.</summary>
public static class TopicFilter
{
    // MQTT 5, 4.8.2: $share/NAME/FILTER.
    private const string Shared = "$share/";

    /// <summary>Whether a broker sends messages of the topic to a subscription of the filter, also where it is a shared one.</summary>
    public static bool Matches(string filter, string topic)
    {
        var plain = filter.StartsWith(Shared, StringComparison.Ordinal) ? filter[(filter.IndexOf('/', Shared.Length) + 1)..] : filter;
        return plain == topic || MqttTopicFilterComparer.Compare(topic, plain) == MqttTopicFilterCompareResult.IsMatch;
    }
}
