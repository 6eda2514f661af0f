using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;

namespace SockSort.Cli.Recognition;

/// <summary>
/// Tells of a publisher's broker: once of each state and its reason, not at each try, and once of each topic that is refused. Thread-safe.
/// </summary>
internal sealed class BrokerNews(MqttPublisher publisher, Action<string> tell)
{
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HashSet<RefusedTopic> _refused = [];
    private News? _told;

    /// <summary>Begins with how it stands.</summary>
    public void Follow()
    {
        publisher.StatusChanged += Tell;
        publisher.TopicRefused += Tell;
        Tell(publisher.Status);
        foreach (var topic in publisher.Status.RefusedTopics)
            Tell(topic);
    }

    private void Tell(RefusedTopic topic)
    {
        bool isNew;
        lock (_gate)
            isNew = _refused.Add(topic);
        if (isNew)
            tell(topic.Problem);
    }

    private void Tell(PublisherStatus status)
    {
        if (status.State is ConnectionState.Connecting or ConnectionState.Stopped)
            return;
        if (status.State == ConnectionState.Connected && HasToldOfFailure())
            _ = TellIfItLastsAsync();
        else
            TellOnce(status);
    }

    private bool HasToldOfFailure()
    {
        lock (_gate)
            return _told is { State: not ConnectionState.Connected };
    }

    // A broker that lets the client in and closes at the first message would be told of for ever.
    private async Task TellIfItLastsAsync()
    {
        await Task.Delay(Lasting);
        if (publisher.Status is { State: ConnectionState.Connected } status)
            TellOnce(status);
    }

    private void TellOnce(PublisherStatus status)
    {
        var isConnected = status.State == ConnectionState.Connected;
        var news = new News(status.State, isConnected ? null : status.LastError);
        lock (_gate)
        {
            if (_told == news)
                return;
            _told = news;
        }
        tell(isConnected
            ? $"connected{Version(status)}"
            : $"{LostMessages.StateOf(status.State)}, trying again; {status.Waiting + status.InFlight} messages wait ({status.LastError})");
    }

    private static string Version(PublisherStatus status) =>
        status.Version is null or MqttVersion.V5 ? "" : $" (MQTT {status.Version.Value.Text()})";

    private sealed record News(ConnectionState State, string? Error);
}
