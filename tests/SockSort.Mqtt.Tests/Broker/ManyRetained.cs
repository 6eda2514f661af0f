using SockSort.Mqtt.Broker;

namespace SockSort.Mqtt.Tests.Broker;

/// <summary>A broker with ten thousand retained messages, of QoS 2.</summary>
public sealed class ManyRetained : IAsyncLifetime
{
    public const int Count = 10_000;

    public EmbeddedBroker Broker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Broker = await EmbeddedBroker.StartAsync();
        using var publisher = await TestClient.ConnectAsync(Broker.Endpoint);
        foreach (var some in Enumerable.Range(0, Count).Chunk(500))
            await Task.WhenAll(some.Select(i => publisher.PublishAsync($"kept/{i:00000}", $"{i}", qos: 2, retain: true)));
    }

    public ValueTask DisposeAsync() => Broker.DisposeAsync();
}
