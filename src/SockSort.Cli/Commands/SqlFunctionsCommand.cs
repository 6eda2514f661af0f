using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Sql.Functions;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sql functions</c>: prints the reference of the functions.</summary>
internal static class SqlFunctionsCommand
{
    private static readonly Argument<string?> Function = new("NAME")
    {
        Description = "Only this function, with its forms and examples",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<bool> Markdown = new("--markdown")
    {
        Description = "All of them as the page docs/reference/sql-functions.md",
    };

    public static Command Create()
    {
        var command = new Command("functions", """
            List the functions of SQL, or describe one

            Example: socksort sql functions SUBSTRING
            """)
        {
            Function, Markdown,
        };
        command.SetAction(
            line =>
                Run(
                    line.InvocationConfiguration.Output, line.InvocationConfiguration.Error,
                    line.GetValue(Function), line.GetValue(Markdown)));
        return command;
    }

    private static int Run(TextWriter output, TextWriter error, string? name, bool markdown)
    {
        var functions = FunctionRegistry.BuiltIn;
        if (markdown)
        {
            output.Write(FunctionReference.Markdown(functions));
            return ExitCode.Done;
        }
        if (name is null)
        {
            foreach (var known in functions.Names)
                output.WriteLine(known);
            return ExitCode.Done;
        }
        if (FunctionReference.MarkdownOf(functions, name) is not { } text)
        {
            error.WriteLine($"socksort: there is no function '{name}'; "
                + $"{FunctionReference.Nearest(functions, name) ?? "socksort sql functions lists them"}");
            return ExitCode.Failed;
        }
        output.WriteLine(text);
        return ExitCode.Done;
    }
}
