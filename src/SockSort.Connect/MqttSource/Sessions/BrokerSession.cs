using SockSort.Connect.Classes;
using SockSort.Mqtt;
using SockSort.Mqtt.Subscribing;

namespace SockSort.Connect.MqttSource.Sessions;

/// <summary>What a broker keeps for a connector while it is away, by its name there.</summary>
/// <param name="Endpoint">The broker, with the user and password that the session is reached with.</param>
/// <param name="ClientId">The session's name.</param>
/// <param name="Memory">What is known of sessions.</param>
internal sealed record BrokerSession(MqttEndpoint Endpoint, string ClientId, SessionMemory Memory) : IKept
{
    // Somebody waits for a DROP; a broker that is there answers at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The broker's address, without user and password.</summary>
    public string Place => Endpoint.ToString();

    public bool IsSame(IKept other) => other is BrokerSession session && ClientId == session.ClientId && Place == session.Place;

    /// <summary>Tells the broker to forget it.</summary>
    public async Task<string?> EndAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await MqttSubscriber.EndSessionAsync(Endpoint, ClientId, limit.Token);
            Memory.Forget(this);
            return null;
        }
        catch (MqttException error)
        {
            return MqttSourceErrors.SessionStays(this, error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return MqttSourceErrors.SessionStays(this, $"no answer within {Patience.TotalSeconds:0} s");
        }
    }

    public ConnectException TakenBy(string connector, string holder) => MqttSourceErrors.ClientIdTaken(connector, this, holder);

    // The password must not come into a text by way of a record's own.
    public override string ToString() => $"{ClientId} at {Place}";
}
