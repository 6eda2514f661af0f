namespace SockSort.Sql.Connectors;

/// <param name="Kind"><c>source</c> or <c>sink</c>.</param>
/// <param name="State"><c>RUNNING</c>, <c>FAILED</c>, …</param>
public sealed record ConnectorInfo(string Name, string Kind, string ClassName, string State, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Topics);

/// <summary>Connectors, as the statements about them need them; the program gives the implementation.</summary>
public interface IConnectors
{
    /// <summary>Starts a connector.</summary>
    /// <param name="settings">As written in WITH, names as quoted.</param>
    /// <returns>Notes for the user: settings that are ignored, and why.</returns>
    /// <exception cref="InvalidOperationException">The settings are wrong or the name is taken; the message says what to do.</exception>
    Task<IReadOnlyList<string>> CreateAsync(string name, bool isSource, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation);

    /// <returns>False where there is none of that name.</returns>
    Task<bool> DropAsync(string name, CancellationToken cancellation);

    Task<IReadOnlyList<ConnectorInfo>> ListAsync(CancellationToken cancellation);

    /// <summary>Class names of the kinds of connector that can be made, with <c>source</c> or <c>sink</c>.</summary>
    Task<IReadOnlyList<(string ClassName, string Kind)>> PluginsAsync(CancellationToken cancellation);
}
