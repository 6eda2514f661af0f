using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SockSort.Log;

namespace SockSort.Connect.MqttSource.Sessions;

/// <summary>
/// Remembers, beside the log, to which filters each session is subscribed. So a session that goes on need not subscribe again, which
/// makes brokers of MQTT 3.1.1 send all retained messages once more, and filters that are no longer wanted can be taken from it.
/// </summary>
/// <remarks>What cannot be kept, as on a full disk, is forgotten: then the session subscribes once more.</remarks>
internal sealed class SessionMemory(ILog log)
{
    /// <summary>Whose state it is in the log.</summary>
    internal const string Owner = "_socksort_connect";

    private const string Prefix = "session ";

    // What is kept between a look and a change must not be taken for what was looked at.
    private readonly Lock _changing = new();

    public static readonly IReadOnlyDictionary<string, int> NoFilters = new Dictionary<string, int>();

    /// <summary>Filters with their QoS; none where nothing is known, or where the session was at another broker.</summary>
    public IReadOnlyDictionary<string, int> FiltersOf(BrokerSession session) =>
        Find(session.ClientId) is { } kept && kept.Broker == session.Place ? kept.Filters : NoFilters;

    /// <summary>Another broker that the client id had a session at before; null for none.</summary>
    public string? FormerBrokerOf(BrokerSession session) =>
        Find(session.ClientId) is { } kept && kept.Broker != session.Place ? kept.Broker : null;

    public void Keep(BrokerSession session, IReadOnlyDictionary<string, int> filters)
    {
        var kept = new KeptSession(session.Place, new(filters));
        lock (_changing)
            Change(session.ClientId, JsonSerializer.SerializeToUtf8Bytes(kept, SessionJson.Default.KeptSession));
    }

    /// <summary>The broker keeps it no longer.</summary>
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
            // The disk is full, say: the connector's messages tell so themselves.
        }
    }
}

/// <param name="Filters">With their QoS.</param>
internal sealed record KeptSession(string Broker, Dictionary<string, int> Filters);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptSession))]
[JsonSerializable(typeof(KeptIdentity))]
internal sealed partial class SessionJson : JsonSerializerContext;
