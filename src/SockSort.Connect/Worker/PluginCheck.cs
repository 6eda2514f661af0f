using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;

namespace SockSort.Connect.Worker;

/// <summary>Checks a configuration key by key, without starting anything.</summary>
internal sealed class PluginCheck(IConnectorClass connectorClass, Secrets secrets)
{
    public IReadOnlyList<ConfigCheck> Of(string connector, IReadOnlyDictionary<string, string> written)
    {
        var (values, error) = Read(connector, written);
        var checks = connectorClass.Config.Keys.Select(key => Of(key, written, values)).ToList();
        if (error is null && checks.All(check => check.Error is null))
            error = PlanError(connector, values!);
        if (error is not null && checks.FindIndex(check => IsAt(check, error)) is >= 0 and var at)
            checks[at] = checks[at] with { Error = error.Message };
        return checks;
    }

    private (ConfigValues? Values, ConnectException? Error) Read(string connector, IReadOnlyDictionary<string, string> written)
    {
        try
        {
            return (new ConfigValues(connectorClass.Config, connector, written, secrets.Resolve(connector, written)), null);
        }
        catch (ConnectException error)
        {
            return (null, error);
        }
    }

    private static ConfigCheck Of(ConfigKey key, IReadOnlyDictionary<string, string> written, ConfigValues? values) => new(
        key,
        written.GetValueOrDefault(key.Name) ?? key.Default,
        values?.ErrorOf(key)?.Message,
        values?.IsMissing(key) == true);

    private ConnectException? PlanError(string connector, ConfigValues values)
    {
        try
        {
            _ = connectorClass.Plan(connector, values);
            return null;
        }
        catch (ConnectException error)
        {
            return error;
        }
    }

    /// <summary>Whether an error belongs to a key; an error of no known key belongs to the class key.</summary>
    private bool IsAt(ConfigCheck check, ConnectException error)
    {
        var key = connectorClass.Config.Keys.Any(known => known.Name == error.Key) ? error.Key : CommonKeys.Class;
        return check.Key.Name == key;
    }
}
