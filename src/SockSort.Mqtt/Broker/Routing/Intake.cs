using MQTTnet;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>One who stores the messages of some topic filters; a message that several of them match is stored once.</summary>
/// <param name="takesOneByOne">Whether each message is stored for itself; else those that have come together are stored together.</param>
internal sealed class Intake(
    IReadOnlyList<string> filters, Func<IReadOnlyList<MqttMessage>, Task> storeAsync, BrokerTally tally, bool takesOneByOne)
{
    public bool TakesOneByOne => takesOneByOne;

    public bool Takes(string topic) =>
        filters.Any(filter => MqttTopicFilterComparer.Compare(topic, filter) == MqttTopicFilterCompareResult.IsMatch);

    /// <summary>Starts the store before it returns, so that the order of arrival is kept.</summary>
    public async Task StoreAsync(IReadOnlyList<MqttMessage> messages)
    {
        try
        {
            await storeAsync(messages);
            _ = Interlocked.Add(ref tally.Stored, messages.Count);
        }
        catch (Exception error)
        {
            _ = Interlocked.Add(ref tally.StoreFailed, messages.Count);
            tally.LastStoreError = error.Message;
            throw;
        }
    }
}
