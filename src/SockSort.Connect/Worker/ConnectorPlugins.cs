using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;

namespace SockSort.Connect.Worker;

/// <summary>
/// The connector classes of a worker, as its users name them: in full, by the last part, or by that without <c>Connector</c>.
/// </summary>
public sealed class ConnectorPlugins
{
    private readonly ConnectorClasses _classes;
    private readonly Secrets _secrets;

    internal ConnectorPlugins(ConnectorClasses classes, Secrets secrets) => (_classes, _secrets) = (classes, secrets);

    /// <summary>All classes, with their full names.</summary>
    public IReadOnlyList<(string ClassName, ConnectorKind Kind)> All =>
        [.. _classes.All.Select(known => (known.ClassName, known.Kind))];

    /// <summary>Returns whether a configuration is one of a source or of a sink.</summary>
    /// <exception cref="ConnectException">The configuration names no known class.</exception>
    public ConnectorKind KindOf(string connector, IReadOnlyDictionary<string, string> configuration) =>
        _classes.Of(connector, configuration).Kind;

    /// <summary>Returns the keys that a class knows.</summary>
    /// <exception cref="ConnectException">There is no such class.</exception>
    public IReadOnlyList<ConfigKey> KeysOf(string className) => _classes.Named(className, className).Config.Keys;

    /// <summary>Whether a class of this name exists.</summary>
    public bool IsKnown(string className) => _classes.Find(className) is not null;

    /// <summary>Whether two names are those of the same class.</summary>
    /// <exception cref="ConnectException">There is no such class.</exception>
    public bool IsSame(string className, string other) => _classes.Named(className, className) == _classes.Named(other, other);

    /// <summary>Checks a configuration key by key. Nothing is started.</summary>
    /// <exception cref="ConnectException">The configuration names no known class.</exception>
    public IReadOnlyList<ConfigCheck> Check(string connector, IReadOnlyDictionary<string, string> configuration) =>
        new PluginCheck(_classes.Of(connector, configuration), _secrets).Of(connector, configuration);
}
