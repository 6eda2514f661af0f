using SockSort.Mqtt.Broker.Rights;

namespace SockSort.Mqtt.Broker;

/// <summary>
/// Which topics the users of a broker may read and write, from a file as Mosquitto's <c>acl_file</c>. A changed file counts within a
/// second. Thread-safe.
/// </summary>
public sealed class BrokerRights
{
    private readonly LinesFile _lines;
    private readonly Lock _gate = new();
    private volatile RightsFile _file;

    private BrokerRights(string path)
    {
        _lines = new LinesFile(path, MqttErrors.RightsFile);
        _file = RightsFile.Read(_lines);
    }

    /// <exception cref="MqttException">The file cannot be read, or a line is not one of such a file.</exception>
    public static BrokerRights Load(string path) => new(path);

    /// <summary>The rights of a client, as they are now.</summary>
    internal ClientRights Of(string? user, string clientId) => _file.Of(user, clientId);

    /// <summary>Whether rights that were asked for before are still those of the file.</summary>
    internal bool IsCurrent(ClientRights rights) => rights.File == _file;

    /// <summary>Reads the file again where it has changed; a wrong one leaves the rights as they were.</summary>
    /// <returns>What is wrong; null = nothing.</returns>
    internal MqttException? Refresh()
    {
        lock (_gate)
        {
            try
            {
                if (_lines.HasChanged)
                    _file = RightsFile.Read(_lines);
                return null;
            }
            catch (MqttException error)
            {
                return error;
            }
        }
    }
}
