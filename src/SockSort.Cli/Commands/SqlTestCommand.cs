using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Sql.Testing.Conformance;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sql test</c>: a test in the files of ksqlDB's test runner.</summary>
internal static class SqlTestCommand
{
    private static readonly Option<FileInfo> Statements = new("--sql-file", "-s")
    {
        Description = "The script under test",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo?> Inputs = new("--input-file", "-i")
    {
        Description = "Records that are fed, as {\"inputs\": [{\"topic\": …, \"key\": …, \"value\": …, \"timestamp\": …}]}; "
            + "without it the script's own INSERTs",
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo> Outputs = new("--output-file", "-o")
    {
        Description = "Records that are to come out, as {\"outputs\": […]}; of a topic that it names all and no other ones",
        Required = true,
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var test = new Command("test", """
            Runs a script over records and compares what comes out, as ksql-test-runner does, with its files. Time is that of the records.

            Example:
              socksort sql test -s statements.sql -i input.json -o output.json
            """)
        { Statements, Inputs, Outputs };
        test.SetAction(RunAsync);
        return test;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var test = ConformanceFile.Read(
            line.GetRequiredValue(Statements).FullName, line.GetValue(Inputs)?.FullName, line.GetRequiredValue(Outputs).FullName);
        var result = await ConformanceRunner.RunAsync(test, cancellation);
        var output = line.InvocationConfiguration.Output;
        if (result.Outcome == ConformanceOutcome.OutOfScope)
            throw new CommandException($"{test.Name} names a format that needs a schema registry; there is none here");
        if (result.Outcome == ConformanceOutcome.Failed)
        {
            await output.WriteLineAsync($"\t>>>>> Test failed: {result.Reason}");
            return ExitCode.Failed;
        }
        await output.WriteLineAsync("\t >>> Test passed!");
        return ExitCode.Done;
    }
}
