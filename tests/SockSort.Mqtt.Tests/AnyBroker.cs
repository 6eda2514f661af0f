using SockSort.Mqtt.Broker;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests;

/// <summary>The embedded broker or Mosquitto, for tests that must hold with both.</summary>
internal sealed class AnyBroker : IAsyncDisposable
{
    private TempFolder? _folder;
    private EmbeddedBroker? _embedded;
    private Mosquitto? _mosquitto;

    public required MqttEndpoint Endpoint { get; init; }

    /// <param name="kind"><c>embedded</c> or <c>mosquitto</c>.</param>
    public static async Task<AnyBroker> StartAsync(string kind)
    {
        if (kind == "embedded")
        {
            var embedded = await EmbeddedBroker.StartAsync();
            return new AnyBroker { Endpoint = embedded.Endpoint, _embedded = embedded };
        }
        var folder = new TempFolder();
        var mosquitto = await Mosquitto.StartAsync(folder);
        return new AnyBroker
        {
            Endpoint = MqttEndpoint.Parse(mosquitto.Uri, Mosquitto.User, Mosquitto.Password),
            _mosquitto = mosquitto,
            _folder = folder,
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_embedded is not null)
            await _embedded.DisposeAsync();
        if (_mosquitto is not null)
            await _mosquitto.DisposeAsync();
        _folder?.Dispose();
    }
}
