using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect;

/// <summary>The source at any other broker: a subscriber with a session of its own.</summary>
internal sealed class SubscriberSource : IMqttSource
{
    private readonly MqttSubscriber _subscriber;

    public SubscriberSource(string clientId, MqttSourceConfiguration configuration, EventLog log) =>
        _subscriber = MqttSubscriber.Start(
            new SubscriberOptions
            {
                Endpoint = configuration.Endpoint,
                ClientId = clientId,
                TopicFilters = configuration.MqttTopics,
                Qos = configuration.Qos,
                KeepSession = configuration.KeepSession,
                KeepAlive = configuration.KeepAlive,
            },
            (batch, cancellationToken) => log.AppendAsync(
                configuration.LogTopic, [.. batch.Select(RecordConverter.Convert)], cancellationToken: cancellationToken));

    public SourceProgress Progress
    {
        get
        {
            var status = _subscriber.Status;
            return new(status.Received, status.Handled, status.Redelivered, status.Dropped,
                status.State == ConnectionState.WrongCredentials ? status.LastError : null, status.LastError);
        }
    }

    public ValueTask DisposeAsync() => _subscriber.DisposeAsync();
}
