namespace SockSort.Connect.Classes;

/// <summary>A checked configuration, ready to be started.</summary>
internal interface IConnectorPlan
{
    /// <summary>The topics of the log that the connector writes or reads.</summary>
    IReadOnlyList<string> Topics { get; }

    /// <summary>Notes for the user on settings that have no effect, or another effect than may be expected.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>What an external system keeps for the connector while it is away, such as a session; null for nothing.</summary>
    IKept? Kept { get; }

    /// <summary>What earlier starts of the connector have left in external systems, and this start ends.</summary>
    IReadOnlyList<IKept> LeftBehind { get; }

    /// <summary>Notes for the user that do not come from the configuration alone.</summary>
    /// <param name="ended">What this start ends in any case, so that no note is needed on it.</param>
    IReadOnlyList<string> StartNotes(IReadOnlyList<IKept> ended);

    /// <summary>The reason why the connector can't start now; null where it can.</summary>
    string? Problem { get; }

    /// <summary>Starts the task.</summary>
    /// <param name="planAgain">Makes a new plan from the same configuration, with the secrets as they are at that time.</param>
    IConnectorTask Begin(Func<IConnectorPlan> planAgain);

    /// <summary>
    /// Refuses new records while the connector is not at work, so that nobody takes them for delivered. Disposing the result ends the
    /// refusal; it is null where no refusal is needed.
    /// </summary>
    IDisposable? Refuse();
}
