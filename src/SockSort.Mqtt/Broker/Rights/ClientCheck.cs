namespace SockSort.Mqtt.Broker.Rights;

/// <summary>Looks up the rights of one client, and again where the file has changed. Thread-safe.</summary>
/// <param name="rights">Null = everybody may do everything.</param>
internal sealed class ClientCheck(BrokerRights? rights, string? user, string clientId)
{
    private volatile ClientRights? _current;

    /// <summary>Nobody's: all is allowed.</summary>
    public static ClientCheck None { get; } = new(null, null, "");

    private ClientRights? Current
    {
        get
        {
            if (rights is null)
                return null;
            var current = _current;
            if (current is null || !rights.IsCurrent(current))
                _current = current = rights.Of(user, clientId);
            return current;
        }
    }

    public bool MayRead(string topic) => Current?.MayRead(topic) ?? true;

    public bool MayWrite(string topic) => Current?.MayWrite(topic) ?? true;

    /// <summary>Whether some message may come of a subscription; each is looked at again.</summary>
    public bool MaySubscribe(string filter) => Current?.MaySubscribe(filter) ?? true;
}
