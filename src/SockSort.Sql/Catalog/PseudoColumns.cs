using SockSort.Sql.Types;

namespace SockSort.Sql.Catalog;

/// <summary>Columns that every record has beside its own: time, place in the topic, window bounds.</summary>
public static class PseudoColumns
{
    public const string RowTime = "ROWTIME";
    public const string RowPartition = "ROWPARTITION";
    public const string RowOffset = "ROWOFFSET";
    public const string WindowStart = "WINDOWSTART";
    public const string WindowEnd = "WINDOWEND";

    public static bool IsReserved(string name) => name is RowTime or RowPartition or RowOffset or WindowStart or WindowEnd;

    public static bool IsWindowBound(string name) => name is WindowStart or WindowEnd;

    /// <summary>The type of a pseudo column; null where the name is none.</summary>
    public static SqlType? TypeOf(string name, bool isWindowed) => name switch
    {
        RowTime or RowOffset => SqlType.Bigint,
        RowPartition => SqlType.Integer,
        WindowStart or WindowEnd when isWindowed => SqlType.Bigint,
        _ => null,
    };
}
