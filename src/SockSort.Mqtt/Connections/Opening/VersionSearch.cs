using MQTTnet;
using MQTTnet.Adapter;

namespace SockSort.Mqtt.Connections.Opening;

/// <summary>
/// Opens a connection in the newest version of MQTT that the broker speaks. An answer that names the version is believed. A broker that
/// only closes, or says nothing, may as well be starting: an older version is taken where a stranger's connection in it is answered and
/// the newer one fails again after that.
/// </summary>
/// <remarks>docs/decisions/0072-which-version-a-broker-speaks.md</remarks>
internal sealed class VersionSearch(
    MqttEndpoint endpoint, Action<MqttClientOptionsBuilder> configure, IMqttClientAdapterFactory? adapters, KnownVersions known)
{
    private static readonly MqttVersion[] NewestFirst = [MqttVersion.V5, MqttVersion.V311, MqttVersion.V31];

    /// <summary>How long the answer to an attempt of the client itself is waited for. 10 s by default.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the answer of a broker that has been asked before is waited for. 3 s by default.</summary>
    public TimeSpan LaterPatience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long each look at what stands there takes, where no broker answers. 2 s by default.</summary>
    public TimeSpan LookingPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <exception cref="MqttException">No broker answers, or it refuses.</exception>
    public async Task<MqttConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var first = endpoint.Version ?? known.Find(endpoint) ?? MqttVersion.V5;
        var (connection, failure) = await TryAsync(first, Patience, cancellationToken);
        if (connection is null && endpoint.Version is null && failure!.MayBeTheVersion)
            (connection, failure) = await SearchAsync(failure, cancellationToken);
        // Who refuses a user has understood the version.
        if (endpoint.Version is null && (connection?.Spoken ?? (failure!.End == ConnectEnd.Refused ? failure.Version : null)) is { } spoken)
            known.Learn(endpoint, spoken);
        return connection ?? throw await ErrorOfAsync(failure!, cancellationToken);
    }

    private async Task<Attempt> SearchAsync(ConnectFailure first, CancellationToken cancellationToken)
    {
        var latest = first;
        foreach (var version in NewestFirst.Where(version => version != first.Version))
        {
            if (latest.End != ConnectEnd.WrongVersion)
            {
                if (!await SpeaksAsync(version, cancellationToken))
                    continue;
                // The broker is there. Had it only been starting, it would now take the version that it has not taken before.
                var again = await TryAsync(first.Version, LaterPatience, cancellationToken);
                if (again.Failure?.MayBeTheVersion != true)
                    return again;
            }
            var attempt = await TryAsync(version, Patience, cancellationToken);
            if (attempt.Failure?.MayBeTheVersion != true)
                return attempt;
            latest = attempt.Failure;
        }
        // Closed in every version: what the first attempt met says most.
        return new(null, latest.End == ConnectEnd.WrongVersion ? latest : first);
    }

    /// <summary>Whether a client without session, will and name of its own is answered in this version.</summary>
    private async Task<bool> SpeaksAsync(MqttVersion version, CancellationToken cancellationToken)
    {
        await using var stranger = new MqttConnection(endpoint, version, adapters: null);
        var failure = await stranger.ConnectAsync(
            builder => builder.WithClientId(ClientIds.Make()).WithCleanSession(), LaterPatience, cancellationToken);
        return failure is null or { End: ConnectEnd.Refused };
    }

    private async Task<Attempt> TryAsync(MqttVersion version, TimeSpan patience, CancellationToken cancellationToken)
    {
        var connection = new MqttConnection(endpoint, version, adapters);
        var failure = await connection.ConnectAsync(configure, patience, cancellationToken);
        return failure is null ? new(connection, null) : new(null, failure);
    }

    private async Task<MqttException> ErrorOfAsync(ConnectFailure failure, CancellationToken cancellationToken) => failure.End switch
    {
        ConnectEnd.NoTls or ConnectEnd.Closed or ConnectEnd.Silent or ConnectEnd.NotMqtt =>
            MqttErrors.NoBroker(endpoint, failure, await new PeerLook(endpoint, LookingPatience).AtAsync(failure.End, cancellationToken)),
        _ => MqttErrors.NotConnected(endpoint, failure),
    };

    /// <summary>An attempt's outcome; one of the two is null.</summary>
    private readonly record struct Attempt(MqttConnection? Connection, ConnectFailure? Failure);
}
