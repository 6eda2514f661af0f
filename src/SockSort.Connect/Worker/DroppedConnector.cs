using SockSort.Connect.Classes;

namespace SockSort.Connect.Worker;

/// <summary>
/// A connector that is stopped and removed; its broker still keeps what comes for it, until it is ended or one of the same name goes on
/// with it.
/// </summary>
public sealed class DroppedConnector
{
    private readonly Func<DroppedConnector, CancellationToken, Task<string?>> _endAsync;

    /// <param name="kept">Null where no broker keeps anything, or where it is not known.</param>
    /// <param name="problem">Why it is not known.</param>
    internal DroppedConnector(
        string name, IKept? kept, string? problem, Func<DroppedConnector, CancellationToken, Task<string?>> endAsync) =>
        (Name, Kept, Problem, _endAsync) = (name, kept, problem, endAsync);

    public string Name { get; }

    internal IKept? Kept { get; }

    internal string? Problem { get; }

    /// <summary>Lets the broker forget the session, where no connector of the name has gone on with it.</summary>
    /// <returns>Why the session stays there, for the user; null where it is gone, or goes on.</returns>
    public Task<string?> EndAsync(CancellationToken cancellationToken = default) => _endAsync(this, cancellationToken);
}
