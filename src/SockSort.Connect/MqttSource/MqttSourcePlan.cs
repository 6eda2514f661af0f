using SockSort.Connect.Classes;
using SockSort.Connect.MqttSource.Sessions;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource;

/// <summary>
/// What becomes of an MQTT source's configuration: a subscriber with a session of its own, or, at the broker in this process, an intake at
/// its door.
/// </summary>
internal sealed class MqttSourcePlan(string name, MqttSourceConfiguration configuration, MqttSourcePlace place) : IConnectorPlan
{
    private readonly BrokerSession _session =
        new(configuration.Endpoint, configuration.ClientId ?? ClientIdOf(name, place.Identity.Id), place.Memory);

    public IReadOnlyList<string> Topics => [configuration.LogTopic];

    public IReadOnlyList<string> Notes => configuration.Notes;

    /// <summary>The session, where the broker keeps it.</summary>
    public IKept? Kept => configuration.KeepSession && !IsOurs ? _session : null;

    /// <summary>The session that this folder had until it took back the name of the one it was moved from.</summary>
    public IReadOnlyList<IKept> LeftBehind => configuration.ClientId is null && !IsOurs && place.Identity.Interim is { } interim
        ? [_session with { ClientId = ClientIdOf(name, interim) }]
        : [];

    /// <summary>What is published while nobody may take it would be acknowledged.</summary>
    public string? Problem => IsOurs && !place.Broker!.Admits(configuration.Endpoint.User, configuration.Endpoint.Password)
        ? MqttSourceErrors.WrongCredentials(configuration.Endpoint)
        : null;

    private bool IsOurs => place.Broker?.IsAt(configuration.Endpoint) == true;

    public IReadOnlyList<string> StartNotes(IReadOnlyList<IKept> ended)
    {
        var notes = new List<string>();
        if (IsOurs)
            return notes;
        if (configuration.ClientId is null && place.Identity.Former is { } former)
            notes.Add(MqttSourceErrors.CopiedFolder(_session.ClientId, ClientIdOf(name, former)));
        if (place.Memory.FormerBrokerOf(_session) is { } broker && ended.All(session => session.Place != broker))
            notes.Add(MqttSourceErrors.FormerBroker(_session, broker));
        return notes;
    }

    public IConnectorTask Begin(Func<IConnectorPlan> planAgain) => IsOurs
        ? new IntakeSource(name, configuration, place)
        : new SubscriberSource(name, _session, configuration, () => ((MqttSourcePlan)planAgain()).Endpoint, place);

    public IDisposable? Refuse() => IsOurs
        ? place.Broker!.Intake(configuration.MqttTopics, _ => Task.FromException(MqttSourceErrors.Paused(name)))
        : null;

    private MqttEndpoint Endpoint => configuration.Endpoint;

    // One session a data folder, whatever others call their connectors: two with one name would throw each other out.
    private static string ClientIdOf(string connector, string identity) => $"socksort-connect-{connector}-{identity}";
}
