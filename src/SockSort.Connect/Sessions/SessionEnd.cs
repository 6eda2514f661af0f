using SockSort.Mqtt;

namespace SockSort.Connect;

/// <summary>Tells brokers to forget what they keep.</summary>
internal static class SessionEnd
{
    // Somebody waits for a DROP; a broker that is there answers at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Why the session stays, for the user; null where it is gone.</returns>
    public static async Task<string?> TryAsync(BrokerSession session, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await MqttSubscriber.EndSessionAsync(session.Endpoint, session.ClientId, limit.Token);
            return null;
        }
        catch (MqttException error)
        {
            return ConnectErrors.SessionStays(session, error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ConnectErrors.SessionStays(session, $"no answer within {Patience.TotalSeconds:0} s");
        }
    }
}
