using MQTTnet;
using SockSort.Mqtt.Connections;

namespace SockSort.Mqtt.Publishing;

/// <summary>Opens a publisher's connections: with the last will, or without it where the broker lets the client in only so.</summary>
/// <param name="presence">Null where nothing is said of the client's presence.</param>
internal sealed class PublisherConnections(MqttEndpoint endpoint, string clientId, Presence? presence)
{
    /// <summary>The version of the latest connection; null before one.</summary>
    public MqttVersion? Version { get; private set; }

    /// <exception cref="MqttException">No broker answers, or it refuses.</exception>
    public async Task<MqttConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = presence?.CarriesWill == true
            ? await OpenWithWillAsync(presence, cancellationToken)
            : await OpenAsync(will: null, cancellationToken);
        Version = connection.Spoken;
        return connection;
    }

    private async Task<MqttConnection> OpenWithWillAsync(Presence will, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await OpenAsync(will, cancellationToken);
            will.TellWill(refusal: null);
            return connection;
        }
        catch (MqttException refusal) when (will.SuspectsWill(refusal))
        {
            if (await TryWithoutWillAsync(cancellationToken) is not { } connection)
                throw;
            will.TellWill(refusal);
            return connection;
        }
    }

    /// <summary>Connects without the last will; null where that does not help.</summary>
    private async Task<MqttConnection?> TryWithoutWillAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(will: null, cancellationToken);
        }
        catch (MqttException)
        {
            return null;
        }
    }

    private Task<MqttConnection> OpenAsync(Presence? will, CancellationToken cancellationToken)
    {
        return MqttConnection.OpenAsync(endpoint, Configure, adapters: null, cancellationToken);

        void Configure(MqttClientOptionsBuilder builder)
        {
            _ = builder.WithClientId(clientId).WithCleanStart();
            will?.AddWill(builder);
        }
    }
}
