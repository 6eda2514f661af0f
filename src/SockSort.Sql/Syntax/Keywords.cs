using System.Collections.Frozen;

namespace SockSort.Sql.Syntax;

/// <summary>
/// Words with a meaning of their own: reserved ones name a column or source only in back-quotes; units of time stand after a number.
/// </summary>
internal static class Keywords
{
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        "SELECT", "FROM", "AS", "ALL", "DISTINCT", "WHERE", "WITHIN", "WINDOW", "GROUP", "BY", "HAVING", "LIMIT", "AT", "OR", "AND",
        "IN", "NOT", "EXISTS", "BETWEEN", "LIKE", "IS", "NULL", "TRUE", "FALSE", "INTO", "CREATE", "TABLE", "STREAM", "STREAMS",
        "INSERT", "DELETE", "DESCRIBE", "DROP", "CASE", "WHEN", "THEN", "ELSE", "END", "JOIN", "FULL", "OUTER", "INNER", "LEFT",
        "RIGHT", "ON", "CAST", "VALUES", "WITH", "PRINT", "TERMINATE", "LIST", "UNSET", "RUN", "EXPORT", "CATALOG",
        "BEGINNING", "EXTENDED", "SAMPLE", "TOPIC", "TOPICS", "QUERY", "QUERIES", "SYSTEM", "SCRIPT", "CONNECTOR", "LOAD", "RENAME");

    private static readonly FrozenSet<string> TimeUnits = FrozenSet.Create(
        "MILLISECOND", "MILLISECONDS", "SECOND", "SECONDS", "MINUTE", "MINUTES", "HOUR", "HOURS", "DAY", "DAYS", "WEEK", "WEEKS",
        "MONTH", "MONTHS", "YEAR", "YEARS");

    public static bool IsReserved(string word) => Reserved.Contains(word);

    /// <param name="word">The word in upper case.</param>
    public static bool IsTimeUnit(string word) => TimeUnits.Contains(word);
}
