using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SockSort.Log;

namespace SockSort.Connect.MqttSource.Sessions;

/// <summary>
/// Remembers, in the state of the log, the topic filters of each session. A resumed session then need not subscribe again, which would make
/// MQTT 3.1.1 brokers send all retained messages once more, and filters that are no longer wanted can be removed.
/// </summary>
/// <remarks>What can't be stored, as on a full disk, is forgotten; the session then subscribes once more.</remarks>
internal sealed class SessionMemory(ILog log)
{
    /// <summary>The owner of this state in the log.</summary>
    internal const string Owner = "_socksort_connect";

    private const string Prefix = "session ";

    // A change by another thread must not come between reading and writing the state.
    private readonly Lock _changing = new();

    public static readonly IReadOnlyDictionary<string, int> NoFilters = new Dictionary<string, int>();

    /// <summary>Returns the filters with their QoS; none where nothing is known, or where the session was at another broker.</summary>
    public IReadOnlyDictionary<string, int> FiltersOf(BrokerSession session) =>
        Find(session.ClientId) is { } kept && kept.Broker == session.Place ? kept.Filters : NoFilters;

    /// <summary>Returns another broker at which the client id had a session before; null for none.</summary>
    public string? FormerBrokerOf(BrokerSession session) =>
        Find(session.ClientId) is { } kept && kept.Broker != session.Place ? kept.Broker : null;

    public void Keep(BrokerSession session, IReadOnlyDictionary<string, int> filters)
    {
        var kept = new KeptSession(session.Place, new(filters));
        lock (_changing)
            Change(session.ClientId, JsonSerializer.SerializeToUtf8Bytes(kept, SessionJson.Default.KeptSession));
    }

    /// <summary>Forgets a session that the broker has deleted.</summary>
    public void Forget(BrokerSession session)
    {
        lock (_changing)
        {
            if (Find(session.ClientId)?.Broker == session.Place)
                Change(session.ClientId, value: null);
        }
    }

    private static byte[] KeyOf(string clientId) => Encoding.UTF8.GetBytes(Prefix + clientId);

    private KeptSession? Find(string clientId)
    {
        try
        {
            return log.FindState(Owner, KeyOf(clientId)) is { } bytes
                ? JsonSerializer.Deserialize(bytes, SessionJson.Default.KeptSession)
                : null;
        }
        catch (Exception error) when (error is LogException or JsonException)
        {
            return null;
        }
    }

    private void Change(string clientId, byte[]? value)
    {
        try
        {
            _ = log.Commit(new LogCommit { States = [new StateChange(Owner, KeyOf(clientId), value)] });
        }
        catch (LogException)
        {
            // For example, the disk is full. The connector reports that itself when it stores messages.
        }
    }
}

/// <param name="Filters">The topic filters with their QoS.</param>
internal sealed record KeptSession(string Broker, Dictionary<string, int> Filters);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptSession))]
[JsonSerializable(typeof(KeptIdentity))]
internal sealed partial class SessionJson : JsonSerializerContext;
