namespace SockSort.Sql.Syntax;

/// <summary>The properties of a kind of statement that others treat differently.</summary>
[Flags]
public enum StatementTraits
{
    None = 0,

    /// <summary>It gives rows as they come, perhaps for ever: SELECT, PRINT.</summary>
    GivesRows = 1,

    /// <summary>It holds a query that can be planned.</summary>
    HasQuery = 1 << 1,

    /// <summary>It changes the streams, tables and types that later statements see.</summary>
    Defines = 1 << 2,

    /// <summary>It changes anything but the session: a server that is read only refuses it.</summary>
    Changes = 1 << 3,

    /// <summary>What it has made or ended is still so at the next start.</summary>
    Lasts = 1 << 4,

    /// <summary>It says what is to exist, or what such statements behind it need, and may be run at each start.</summary>
    ToExist = 1 << 5,

    /// <summary>It sets something for the statements behind it.</summary>
    OfSession = 1 << 6,

    /// <summary>It is about a connector.</summary>
    OfConnector = 1 << 7,
}
