namespace SockSort.Sql.Engine.Connectors;

/// <summary>A connector that is stopped and removed, and whose broker may still keep messages for it.</summary>
public interface IDroppedConnector
{
    string Name { get; }

    /// <summary>Lets the broker forget it; does nothing where a connector of that name has gone on with what the broker keeps.</summary>
    /// <returns>What the user should know, as that the broker could not be reached; null for nothing.</returns>
    Task<string?> EndAsync(CancellationToken cancellation);
}
