using SockSort.Sql.Syntax;

namespace SockSort.Client.Prompt;

/// <summary>Reads statements from a terminal, with completion and the history of earlier prompts, and runs them.</summary>
public sealed class SqlPrompt(SqlShell shell, TextWriter output)
{
    private const string First = "ksql> ";
    private const string Continued = ">";
    private const int MostHistory = 1000;

    private static readonly string[] Words =
    [
        "ADVANCE", "AND", "ARRAY", "AS", "ASSERT", "BEGINNING", "BETWEEN", "BIGINT", "BOOLEAN", "BY", "CASE", "CAST", "CHANGES",
        "CONNECTOR", "CREATE", "DECIMAL", "DEFINE", "DESCRIBE", "DOUBLE", "DROP",
        "EMIT", "EXISTS", "EXPLAIN", "EXTENDED", "FINAL", "FROM", "FUNCTIONS", "GRACE", "GROUP", "HAVING", "HOPPING", "IF", "INNER",
        "INSERT", "INTEGER", "INTO", "JOIN", "KEY", "LEFT", "LIKE", "LIMIT", "LIST",
        "MAP", "NOT", "NULL", "OUTER", "PARTITION", "PAUSE", "PERIOD", "PRIMARY", "PRINT", "PROPERTIES", "QUERIES", "REPLACE", "RESTART",
        "RESUME", "RETENTION", "SELECT", "SESSION", "SET", "SHOW", "SIZE", "STREAM", "STREAMS",
        "STRING", "STRUCT", "TABLE", "TABLES", "TERMINATE", "TIMESTAMP", "TOPICS", "TUMBLING", "UNSET", "VALUES", "VARCHAR", "WHERE",
        "WINDOW", "WITH", "WITHIN", "exit", "help", "history", "run", "script",
    ];

    /// <summary>Runs the prompt until <c>exit</c> or the end of the input.</summary>
    public async Task RunAsync()
    {
        var editor = new LineEditor(
            word =>
                [
                    .. Words.Concat(shell.Names)
                    .Where(known => known.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    .Order(StringComparer.OrdinalIgnoreCase),
                ]);
        var history = new HistoryFile(MostHistory);
        history.ReadInto(editor.History);
        var buffer = new StatementBuffer();
        while (editor.Read(buffer.IsEmpty ? First : Continued.PadLeft(First.Length - 1) + " ", out var interrupted) is { } typed)
        {
            if (interrupted)
                buffer.Clear();
            else if (buffer.IsEmpty && typed.Trim().TrimEnd(';').ToUpperInvariant() is "EXIT" or "QUIT")
                break;
            else if (buffer.IsEmpty && typed.Trim().TrimEnd(';').Equals("history", StringComparison.OrdinalIgnoreCase))
                output.WriteLine(string.Join('\n', editor.History));
            else if (!(buffer.IsEmpty && (typed.Trim().Length == 0 || shell.TryCommand(typed))) && buffer.Add(typed) is { } statements)
                _ = await Interrupts.RunAsync(token => shell.RunAsync(new SourceText("statement", statements), token));
            history.Write(editor.History);
        }
    }
}
