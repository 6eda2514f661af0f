using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>
/// Through another broker, over a connection of its own that is made for the first receipt: a broker that closes it since the user may not
/// write there does not touch the connector's own.
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
            // A secret is gone for now: the next receipt tries it again.
            return null;
        }
    }

    private void Changed(PublisherStatus status)
    {
        if (status is { State: ConnectionState.Connected, Reconnects: > 0 })
            Forgotten?.Invoke();
    }
}
