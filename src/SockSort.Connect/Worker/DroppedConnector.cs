using SockSort.Connect.Classes;

namespace SockSort.Connect.Worker;

/// <summary>
/// A connector that is stopped and removed. Its broker still keeps messages for it, until it is ended or a connector of the same name
/// resumes the session.
/// </summary>
public sealed class DroppedConnector
{
    private readonly Func<DroppedConnector, CancellationToken, Task<string?>> _endAsync;

    /// <param name="kept">What the broker keeps; null for nothing, or where it is not known.</param>
    /// <param name="problem">The reason why it is not known; null where it is.</param>
    internal DroppedConnector(
        string name, IKept? kept, string? problem, Func<DroppedConnector, CancellationToken, Task<string?>> endAsync) =>
        (Name, Kept, Problem, _endAsync) = (name, kept, problem, endAsync);

    public string Name { get; }

    internal IKept? Kept { get; }

    internal string? Problem { get; }

    /// <summary>Asks the broker to delete the session, unless a connector of the same name has resumed it.</summary>
    /// <returns>The reason, for the user, why the session stays; null where it is gone, or was resumed.</returns>
    public Task<string?> EndAsync(CancellationToken cancellationToken = default) => _endAsync(this, cancellationToken);

    /// <summary>Has the broker delete what it keeps, whoever may use it now.</summary>
    /// <returns>The reason, for the user, why it stays; null where it is gone.</returns>
    internal async Task<string?> EndKeptAsync(CancellationToken cancellationToken)
    {
        if (Problem is not null)
            return ConnectErrors.KeptStays(Problem);
        return Kept is null ? null : await Kept.EndAsync(cancellationToken);
    }
}
