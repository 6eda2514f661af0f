using SockSort.Sql.Syntax;

namespace SockSort.Client.Prompt;

/// <summary>Reads statements from a terminal, with completion and the history of earlier prompts, and runs them.</summary>
public sealed class SqlPrompt(SqlShell shell, TextWriter output)
{
    private const string First = "ksql> ";
    private const string Continued = ">";
    private const int MostHistory = 1000;

    // The prompt's own, beside those of the dialect.
    private static readonly string[] Commands = ["exit", "help", "history", "run", "script"];

    /// <summary>Runs the prompt until <c>exit</c> or the end of the input.</summary>
    public async Task RunAsync()
    {
        var editor = new LineEditor(
            word =>
                [
                    .. SqlWords.All.Concat(Commands).Concat(shell.Names)
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
