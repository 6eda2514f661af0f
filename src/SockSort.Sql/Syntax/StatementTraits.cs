namespace SockSort.Sql.Syntax;

/// <summary>What kind of statement one is, for all who treat kinds differently.</summary>
[Flags]
public enum StatementTraits
{
    None = 0,

    /// <summary>Gives rows as they come, perhaps for ever: SELECT, PRINT.</summary>
    GivesRows = 1,

    /// <summary>Holds a query that can be planned.</summary>
    HasQuery = 1 << 1,

    /// <summary>Changes the streams, tables and types that later statements see.</summary>
    Defines = 1 << 2,

    /// <summary>Changes anything but the session: a server that is read only refuses it.</summary>
    Changes = 1 << 3,

    /// <summary>What it has made or ended is so at the next start, too.</summary>
    Lasts = 1 << 4,

    /// <summary>Says what is to exist, and may be run at each start; also what the statements behind it need for that.</summary>
    ToExist = 1 << 5,

    /// <summary>Sets something for the statements behind it.</summary>
    OfSession = 1 << 6,

    /// <summary>Is about a connector.</summary>
    OfConnector = 1 << 7,
}
