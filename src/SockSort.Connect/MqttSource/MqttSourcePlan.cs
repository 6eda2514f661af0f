using SockSort.Connect.Classes;
using SockSort.Connect.MqttSource.Sessions;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource;

/// <summary>
/// The plan of an MQTT source: a subscriber with its own session or, for the broker in this process, a direct intake of messages.
/// </summary>
internal sealed class MqttSourcePlan(string name, MqttSourceConfiguration configuration, MqttSourcePlace place) : IConnectorPlan
{
    private readonly BrokerSession _session =
        new(configuration.Endpoint, configuration.ClientId ?? ClientIdOf(name, place.Identity.Id), place.Memory);

    public IReadOnlyList<string> Topics => [configuration.LogTopic];

    public IReadOnlyList<string> Notes => configuration.Notes;

    /// <summary>The session at the broker; null for a clean session and for the broker in this process.</summary>
    public IKept? Kept => configuration.KeepSession && !IsOurs ? _session : null;

    /// <summary>The session that this folder had until it took back the client id of the folder that it was moved from.</summary>
    public IReadOnlyList<IKept> LeftBehind => configuration.ClientId is null && !IsOurs && place.Identity.Interim is { } interim
        ? [_session with { ClientId = ClientIdOf(name, interim) }]
        : [];

    /// <summary>
    /// The reason why the broker in this process would refuse the credentials; null for none. Without this check, it would acknowledge
    /// messages that nobody takes.
    /// </summary>
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

    // The identity makes client ids differ between data folders: two clients with the same id would disconnect each other.
    private static string ClientIdOf(string connector, string identity) => $"socksort-connect-{connector}-{identity}";
}
