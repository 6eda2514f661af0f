using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace SockSort.Mqtt;

/// <summary>The standard's rules for topics and filters, as the library checks them, with our errors.</summary>
internal static class TopicRules
{
    public static void CheckFilter(string filter)
    {
        try
        {
            MqttTopicValidator.ThrowIfInvalidSubscribe(filter);
        }
        catch (Exception error) when (error is MqttProtocolViolationException or ArgumentException)
        {
            throw MqttErrors.Filter(filter);
        }
    }

    public static void CheckTopic(string topic)
    {
        try
        {
            MqttTopicValidator.ThrowIfInvalid(topic);
        }
        catch (MqttProtocolViolationException error)
        {
            throw MqttErrors.Topic(topic, error.Message);
        }
    }
}
