namespace SockSort.Connect.Classes;

/// <summary>Something that an external system keeps for a connector while it is away, such as a session at a broker.</summary>
internal interface IKept
{
    /// <summary>The system that keeps it, as shown to users.</summary>
    string Place { get; }

    /// <summary>Whether both are the same thing, whichever connector asks for it.</summary>
    bool IsSame(IKept other);

    /// <summary>Asks the system to delete it.</summary>
    /// <returns>The reason, for the user, why it could not be deleted; null where it is gone.</returns>
    Task<string?> EndAsync(CancellationToken cancellationToken);

    /// <summary>Makes the error for a connector that would share it with another one.</summary>
    /// <param name="holder">Name of the connector that already has it.</param>
    ConnectException TakenBy(string connector, string holder);
}
