namespace SockSort.Connect.Classes;

/// <summary>What a configuration comes to.</summary>
internal interface IConnectorPlan
{
    /// <summary>Topics of the log that it writes, or reads.</summary>
    IReadOnlyList<string> Topics { get; }

    /// <summary>What of the configuration has no effect, or another one than may be expected.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>What somebody else keeps for the connector while it is away; null for nothing.</summary>
    IKept? Kept { get; }

    /// <summary>What earlier starts of the connector have left elsewhere, and this one ends.</summary>
    IReadOnlyList<IKept> LeftBehind { get; }

    /// <summary>What the user should know that does not come from the configuration alone.</summary>
    /// <param name="ended">What this start ends anyway.</param>
    IReadOnlyList<string> StartNotes(IReadOnlyList<IKept> ended);

    /// <summary>Why the connector can't begin now; null where it can.</summary>
    string? Problem { get; }

    /// <summary>Begins the work.</summary>
    /// <param name="planAgain">Plans anew, with secrets as they are then.</param>
    IConnectorTask Begin(Func<IConnectorPlan> planAgain);

    /// <summary>Keeps what comes meanwhile from being taken for delivered; null where nobody has to be kept from that.</summary>
    IDisposable? Refuse();
}
