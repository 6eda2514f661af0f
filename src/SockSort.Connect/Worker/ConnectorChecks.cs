using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;

namespace SockSort.Connect.Worker;

/// <summary>What is checked of a connector before its class looks at the configuration.</summary>
internal static class ConnectorChecks
{
    /// <exception cref="ConnectException">The name is blank, or the configuration has another one.</exception>
    public static void Name(string name, IReadOnlyDictionary<string, string> configuration)
    {
        if (name.Trim().Length == 0)
            throw ConnectErrors.Missing(name, CommonKeys.Name, "mqtt-source");
        if (configuration.TryGetValue(CommonKeys.Name, out var other) && other != name)
            throw ConnectErrors.Value(name, CommonKeys.Name, $"is '{other}'; leave it out or make it the connector's name");
    }

    /// <param name="asked">Null for either.</param>
    /// <exception cref="ConnectException">The class is of the other kind.</exception>
    public static void Kind(string name, IConnectorClass known, ConnectorKind? asked)
    {
        if (asked is { } kind && kind != known.Kind)
            throw ConnectErrors.WrongKind(name, known.ClassName, Word(known.Kind), Word(kind));
    }

    public static string Word(ConnectorKind kind) => kind.ToString().ToLowerInvariant();
}
