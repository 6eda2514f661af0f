using System.Text.RegularExpressions;
using SockSort.Sql.Functions;

namespace SockSort.Sql.Testing.Conformance;

/// <summary>Judges an error against the expected one: the same phase, and every column, source, function and type named.</summary>
internal static partial class ExpectedError
{
    private static readonly HashSet<string> Types =
    [
        "BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "DECIMAL", "STRING", "BYTES", "DATE", "TIME", "TIMESTAMP", "ARRAY", "MAP", "STRUCT",
    ];

    // Words of the messages' own wording and of SQL; upper-case ones among them name nothing.
    private static readonly HashSet<string> Words =
    [
        "SELECT", "FROM", "WHERE", "GROUP", "BY", "PARTITION", "HAVING", "KEY", "PRIMARY", "IN", "AS", "AND", "OR", "NOT", "NULL", "CAST",
        "CREATE", "STREAM",
        "TABLE", "REPLACE", "INSERT", "INTO", "VALUES", "ALTER", "EMIT", "FINAL", "CHANGES", "CASE", "WITH", "JOIN", "WITHIN", "ON",
        "TIMESTAMP", "LONG", "INT64",
        "WHEN", "THEN", "ELSE", "END", "WINDOW", "SIZE", "TUMBLING", "SESSION", "HOPPING", "A", "I",
    ];

    /// <summary>Compares an error with the expected one; null when they agree, else the difference.</summary>
    /// <param name="type">The exception's class in ksqlDB.</param>
    /// <param name="message">Its message, or a part of it; empty for any message.</param>
    /// <param name="statements">The test's statements.</param>
    /// <param name="error">The error that came.</param>
    public static string? Judge(string type, string message, IReadOnlyList<string> statements, SqlException error)
    {
        var phase = type.EndsWith("ParseFailedException", StringComparison.Ordinal) ? SqlPhase.Parse
            : type.EndsWith("StreamsException", StringComparison.Ordinal) ? SqlPhase.Run
            : SqlPhase.Analysis;
        if (type.Length > 0 && error.Phase != phase)
            return $"an error while {phase} is expected, ours came while {error.Phase}: {error.Problem}";
        var missing = Missing(message, statements, $"{error.Problem}; {error.Hint}");
        return missing.Count == 0 ? null : $"the message lacks {string.Join(", ", missing)}: {error.Problem}; {error.Hint}";
    }

    /// <summary>What a message of ksqlDB's names and ours does not: columns, sources, functions, types.</summary>
    public static IReadOnlyList<string> Missing(string message, IReadOnlyList<string> statements, string ours) =>
        [.. Named(message, statements).Where(name => !ours.Contains(name, StringComparison.OrdinalIgnoreCase))];

    private static IEnumerable<string> Named(string message, IReadOnlyList<string> statements)
    {
        var identifiers = statements.SelectMany(statement => Identifier().Matches(statement))
            .Select(match => match.Value.ToUpperInvariant())
            .ToHashSet();
        // The statement itself is sometimes quoted in the message; it names nothing beyond the reason.
        var reason = message.Split("\nStatement:")[0].Split("https://")[0];
        return Identifier().Matches(reason).Select(match => match.Value).Distinct()
            .Where(word => word == word.ToUpperInvariant() && !Words.Contains(word))
            .Where(word => Types.Contains(word) || FunctionRegistry.BuiltIn.Names.Contains(word) || identifiers.Contains(word));
    }

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Identifier();
}
