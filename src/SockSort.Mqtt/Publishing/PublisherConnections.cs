using MQTTnet;
using SockSort.Mqtt.Connections;

namespace SockSort.Mqtt.Publishing;

/// <summary>Opens a publisher's connections: with the last will, or without it where the broker accepts the client only so.</summary>
/// <param name="presence">The presence with its last will; null where no status is published.</param>
internal sealed class PublisherConnections(MqttEndpoint endpoint, string clientId, Presence? presence)
{
    // An MQTT 3 broker gives no reason when it closes the connection of a client whose id another client takes.
    private const int LossesThatTell = 3;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private volatile string _clientId = clientId;
    private int _lossesInARow;

    /// <summary>The MQTT version of the latest connection; null before the first one.</summary>
    public MqttVersion? Version { get; private set; }

    /// <summary>
    /// Called when the broker has ended a connection. Where another client seems to have the same client id, this one takes a new id, so
    /// that the two do not disconnect each other for ever. A publisher's messages do not depend on its id.
    /// </summary>
    /// <param name="lived">The time for which the connection lasted.</param>
    public void Ended(MqttException lost, TimeSpan lived)
    {
        _lossesInARow = lost.ReasonCode is null && lived < Soon ? _lossesInARow + 1 : 0;
        if (lost.Kind != MqttErrorKind.TakenOver && _lossesInARow < LossesThatTell)
            return;
        _lossesInARow = 0;
        _clientId = ClientIds.Make();
    }

    /// <exception cref="MqttException">No broker answers, or it refuses the connection.</exception>
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

    /// <summary>Connects without the last will; null where this fails too.</summary>
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
            _ = builder.WithClientId(_clientId).WithCleanStart();
            will?.AddWill(builder);
        }
    }
}
