namespace SockSort.Sql.Syntax;

/// <summary>The words of the dialect that editors offer while somebody types.</summary>
public static class SqlWords
{
    /// <summary>In capitals, by the alphabet.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "ADVANCE", "AND", "ARRAY", "AS", "ASSERT", "BEGINNING", "BETWEEN", "BIGINT", "BOOLEAN", "BY", "CASE", "CAST", "CHANGES",
        "CONNECTOR", "CONNECTORS", "CREATE", "DECIMAL", "DEFINE", "DESCRIBE", "DISTINCT", "DOUBLE", "DROP", "ELSE", "EMIT", "END",
        "EXISTS", "EXPLAIN", "EXTENDED", "FINAL", "FROM", "FULL", "FUNCTIONS", "GRACE", "GROUP", "HAVING", "HOPPING", "IF", "INNER",
        "INSERT", "INTEGER", "INTO", "JOIN", "KEY", "LEFT", "LIKE", "LIMIT", "LIST", "MAP", "NOT", "NULL", "OUTER", "PARTITION",
        "PAUSE", "PERIOD", "PRIMARY", "PRINT", "PROPERTIES", "QUERIES", "REPLACE", "RESTART", "RESUME", "RETENTION", "RIGHT", "SELECT",
        "SESSION", "SET", "SHOW", "SINK", "SIZE", "SOURCE", "STREAM", "STREAMS", "STRING", "STRUCT", "TABLE", "TABLES", "TERMINATE",
        "THEN", "TIMESTAMP", "TOPICS", "TUMBLING", "UNSET", "VALUES", "VARCHAR", "WHEN", "WHERE", "WINDOW", "WITH", "WITHIN",
    ];
}
