namespace SockSort.Connect.Classes;

/// <summary>What somebody else keeps for a connector while it is away, as a broker keeps a session.</summary>
internal interface IKept
{
    /// <summary>Where it is kept, for users.</summary>
    string Place { get; }

    /// <summary>Whether both are one and the same, whoever asks for it.</summary>
    bool IsSame(IKept other);

    /// <summary>Has it forgotten.</summary>
    /// <returns>Why it stays, for the user; null where it is gone.</returns>
    Task<string?> EndAsync(CancellationToken cancellationToken);

    /// <summary>Why two connectors can't both have it.</summary>
    /// <param name="holder">The one that has it.</param>
    ConnectException TakenBy(string connector, string holder);
}
