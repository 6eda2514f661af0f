using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>
/// Publishes receipts through an external broker, over its own connection, which is opened for the first receipt. A broker may close it
/// because the user may not write there, and that must not affect the connector's connection.
/// </summary>
internal sealed class OuterReceiptWay(Func<MqttEndpoint> endpoint) : IReceiptWay
{
    private const int MostWaiting = 1000;
    private static readonly TimeSpan FlushAtEnd = TimeSpan.FromMilliseconds(500);

    private MqttPublisher? _publisher;

    public event Action? Forgotten;

    public void Tell(string topic, byte[] receipt)
    {
        _publisher ??= Start();
        _ = _publisher?.Publish(topic, receipt, retain: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_publisher is not { } publisher)
            return;
        _ = await publisher.FlushAsync(publisher.Status.State == ConnectionState.Connected ? FlushAtEnd : TimeSpan.Zero);
        await publisher.DisposeAsync();
    }

    private MqttPublisher? Start()
    {
        try
        {
            var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint(), MaxWaiting = MostWaiting });
            publisher.StatusChanged += Changed;
            return publisher;
        }
        catch (ConnectException)
        {
            // A secret is missing for now; the next receipt tries again.
            return null;
        }
    }

    private void Changed(PublisherStatus status)
    {
        if (status is { State: ConnectionState.Connected, Reconnects: > 0 })
            Forgotten?.Invoke();
    }
}
