using System.Collections.Frozen;

namespace SockSort.Sql.Parsing;

/// <summary>Words that can name a column or source only in back-quotes.</summary>
internal static class Keywords
{
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        "SELECT", "FROM", "AS", "ALL", "DISTINCT", "WHERE", "WITHIN", "WINDOW", "GROUP", "BY", "HAVING", "LIMIT", "AT", "OR", "AND",
        "IN", "NOT", "EXISTS", "BETWEEN", "LIKE", "IS", "NULL", "TRUE", "FALSE", "INTO", "CREATE", "TABLE", "STREAM", "STREAMS",
        "INSERT", "DELETE", "DESCRIBE", "DROP", "CASE", "WHEN", "THEN", "ELSE", "END", "JOIN", "FULL", "OUTER", "INNER", "LEFT",
        "RIGHT", "ON", "CAST", "VALUES", "WITH", "PRINT", "TERMINATE", "LIST", "UNSET", "RUN", "EXPORT", "CATALOG",
        "BEGINNING", "EXTENDED", "SAMPLE", "TOPIC", "TOPICS", "QUERY", "QUERIES", "SYSTEM", "SCRIPT", "CONNECTOR", "LOAD", "RENAME");

    public static bool IsReserved(string word) => Reserved.Contains(word);
}
