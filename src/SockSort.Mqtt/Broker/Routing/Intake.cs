using MQTTnet;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>One who stores the messages of some topic filters; a message that several of them match is stored once.</summary>
internal sealed class Intake(IReadOnlyList<string> filters, Func<MqttMessage, Task> storeAsync, BrokerTally tally)
{
    public bool Takes(string topic) =>
        filters.Any(filter => MqttTopicFilterComparer.Compare(topic, filter) == MqttTopicFilterCompareResult.IsMatch);

    /// <summary>Starts the store before it returns, so that the order of arrival is kept.</summary>
    public async Task StoreAsync(MqttMessage message)
    {
        try
        {
            await storeAsync(message);
            _ = Interlocked.Increment(ref tally.Stored);
        }
        catch (Exception error)
        {
            _ = Interlocked.Increment(ref tally.StoreFailed);
            tally.LastStoreError = error.Message;
            throw;
        }
    }
}
