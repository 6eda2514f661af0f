namespace SockSort.Deploy.KsqlDb;

internal enum Presence
{
    Absent,

    /// <summary>It is there as the script has it, or the server does not tell.</summary>
    Same,

    Differs,

    /// <summary>It makes nothing that could be looked for.</summary>
    Nothing,
}

/// <summary>What the server has of a statement.</summary>
/// <param name="Detail">What differs; empty for nothing.</param>
/// <param name="Query">The query that the statement has made; null for none.</param>
internal sealed record Finding(ScriptStatement Statement, Presence Presence, string Detail = "", KsqlQuery? Query = null);
