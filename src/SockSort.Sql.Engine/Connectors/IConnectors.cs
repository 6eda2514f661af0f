using SockSort.Shared;

namespace SockSort.Sql.Engine.Connectors;

/// <summary>What the statements about connectors need; the program implements it.</summary>
public interface IConnectors
{
    /// <summary>
    /// Starts a connector. Where one of that name was dropped and not ended yet, it goes on with what the broker keeps for that one.
    /// </summary>
    /// <param name="settings">As written in WITH, names as quoted.</param>
    /// <returns>Notes for the user: settings that are ignored, and why.</returns>
    /// <exception cref="ExpectedException">The settings are wrong or the name is taken; the message says what to do.</exception>
    Task<IReadOnlyList<string>> CreateAsync(
        string name, bool isSource, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation);

    /// <summary>
    /// Brings back a connector of an earlier run. One whose settings can no longer be used is there too, in state <c>FAILED</c>.
    /// </summary>
    /// <param name="isPaused">Whether the connector stays paused until it is resumed.</param>
    /// <returns>Notes for the user that only this start gives rise to.</returns>
    Task<IReadOnlyList<string>> RestoreAsync(
        string name, bool isSource, IReadOnlyDictionary<string, string> settings, bool isPaused, CancellationToken cancellation);

    /// <summary>Stops and removes a connector; what the broker keeps for it stays until <see cref="IDroppedConnector.EndAsync"/>.</summary>
    /// <returns>Null where there is none of that name.</returns>
    Task<IDroppedConnector?> DropAsync(string name, CancellationToken cancellation);

    /// <summary>Takes no messages until it is resumed; the broker keeps them.</summary>
    /// <returns>False where there is none of that name.</returns>
    Task<bool> PauseAsync(string name, CancellationToken cancellation);

    /// <returns>False where there is none of that name.</returns>
    Task<bool> ResumeAsync(string name, CancellationToken cancellation);

    /// <summary>Starts it anew, with its secrets as they are now; a paused one stays paused.</summary>
    /// <returns>False where there is none of that name.</returns>
    Task<bool> RestartAsync(string name, CancellationToken cancellation);

    /// <summary>Lists all connectors by name, as they are at this moment; waits for nothing.</summary>
    IReadOnlyList<ConnectorInfo> List();

    /// <summary>Lists the connector classes that can be made, each with <c>source</c> or <c>sink</c>.</summary>
    IReadOnlyList<(string ClassName, string Kind)> Plugins();
}
