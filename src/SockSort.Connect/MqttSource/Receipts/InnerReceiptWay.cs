using SockSort.Mqtt.Broker;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>Publishes receipts through the broker in this process.</summary>
internal sealed class InnerReceiptWay(EmbeddedBroker broker) : IReceiptWay
{
    // This broker loses nothing as long as the process runs.
    event Action? IReceiptWay.Forgotten
    {
        add { }
        remove { }
    }

    public void Tell(string topic, byte[] receipt) => broker.Tell(topic, receipt, retain: true);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
