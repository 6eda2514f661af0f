using SockSort.Mqtt.Broker;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>Through the broker in this process.</summary>
internal sealed class InnerReceiptWay(EmbeddedBroker broker) : IReceiptWay
{
    // It forgets nothing as long as it runs.
    event Action? IReceiptWay.Forgotten
    {
        add { }
        remove { }
    }

    public void Tell(string topic, byte[] receipt) => broker.Tell(topic, receipt, retain: true);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
