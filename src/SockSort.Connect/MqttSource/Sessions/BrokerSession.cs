using SockSort.Connect.Classes;
using SockSort.Mqtt;
using SockSort.Mqtt.Subscribing;

namespace SockSort.Connect.MqttSource.Sessions;

/// <summary>A session that a broker keeps for a connector while it is away.</summary>
/// <param name="Endpoint">The broker, with the user and password of the session.</param>
/// <param name="ClientId">The client id of the session.</param>
/// <param name="Memory">The store of what is known about sessions.</param>
internal sealed record BrokerSession(MqttEndpoint Endpoint, string ClientId, SessionMemory Memory) : IKept
{
    // A user waits for the DROP to return, and a reachable broker answers at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The broker's address, without user and password.</summary>
    public string Place => Endpoint.ToString();

    public bool IsSame(IKept other) => other is BrokerSession session && ClientId == session.ClientId && Place == session.Place;

    /// <summary>Asks the broker to delete the session.</summary>
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

    // The ToString that the compiler makes for a record would show the password.
    public override string ToString() => $"{ClientId} at {Place}";
}
