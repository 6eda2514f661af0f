using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Sql.Printing;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sql format</c>: formats scripts.</summary>
internal static class SqlFormatCommand
{
    private static readonly Argument<FileInfo> Script = new("FILE") { Description = "The script" };
    private static readonly Option<bool> Write = new("--write") { Description = "Put the new text into the file, instead of printing it" };
    private static readonly Option<bool> Check = new("--check")
    {
        Description = "Print nothing; exit code 1 if the file is laid out in another way",
    };

    public static Command Create()
    {
        var command = new Command("format", """
            Lay a script out: a clause a line, words and names in upper case. Comments are kept; those inside a statement move above it.

            Example: socksort sql format samples/sock.ksql
            """)
        {
            Script, Write, Check,
        };
        command.SetAction((line, cancellation) => RunAsync(line, line.GetRequiredValue(Script), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, FileInfo script, CancellationToken cancellation)
    {
        var text = await File.ReadAllTextAsync(script.FullName, cancellation);
        var formatted = ScriptFormatter.Format(new SourceText(script.Name, text));
        if (line.GetValue(Check))
            return formatted == text.ReplaceLineEndings("\n") ? ExitCode.Done : ExitCode.Failed;
        if (line.GetValue(Write))
            await File.WriteAllTextAsync(script.FullName, formatted, cancellation);
        else
            await line.InvocationConfiguration.Output.WriteAsync(formatted);
        return ExitCode.Done;
    }
}
