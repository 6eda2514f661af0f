using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>A topic's retained message, as it is now.</summary>
internal sealed class RetainedMessage
{
    private volatile BrokerMessage? _message;

    /// <summary>The message that is retained now; null once it has been removed.</summary>
    public BrokerMessage? Message
    {
        get => _message;
        set => _message = value;
    }
}
