using System.CommandLine;
using System.CommandLine.Parsing;
using SockSort.Cli.Output;
using SockSort.Sql.Testing.Conformance;
using SockSort.Sql.Testing.SqlTests;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sql test</c>: runs tests in the formats of ksqlDB's two test runners.</summary>
internal static class SqlTestCommand
{
    private static readonly Argument<FileSystemInfo[]> Tests = new("TESTS")
    {
        Description = "Files of SQL tests (--@test, ASSERT VALUES, …), or folders of them (*.sql)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<DirectoryInfo?> Folder = new("--test-directory", "-td")
    {
        Description = "A folder of SQL tests, as run-ksql-test names it",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Temporary = new("--temp-folder", "-tf")
    {
        Description = "Taken for run-ksql-test's sake; no files are made",
        HelpName = "DIR",
    };

    private static readonly Option<FileInfo?> Statements = new("--sql-file", "-s")
    {
        Description = "The script under test, as ksql-test-runner takes it; with -o",
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo?> Inputs = new("--input-file", "-i")
    {
        Description = "Records that are fed, as {\"inputs\": [{\"topic\": …, \"key\": …, \"value\": …, \"timestamp\": …}]}; "
            + "without it the script's own INSERTs",
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo?> Outputs = new("--output-file", "-o")
    {
        Description = "Records that are to come out, as {\"outputs\": […]}; of a topic that it names all and no other ones",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var test = new Command("test", """
            Runs SQL tests as run-ksql-test does, or a script over records as ksql-test-runner does, with their files. Time is that of the
            records.

            Examples:
              socksort sql test tests/socks.sql
              socksort sql test -s statements.sql -i input.json -o output.json
            """)
        { Tests, Folder, Temporary, Statements, Inputs, Outputs };
        test.Validators.Add(CheckForm);
        test.SetAction(RunAsync);
        return test;
    }

    private static void CheckForm(CommandResult line)
    {
        var isScript = line.GetResult(Statements) is not null || line.GetResult(Outputs) is not null || line.GetResult(Inputs) is not null;
        var areTests = line.GetResult(Tests) is { Tokens.Count: > 0 } || line.GetResult(Folder) is not null;
        if (isScript == areTests)
            line.AddError("name files or folders of SQL tests, or a script and its records by -s, -i and -o");
        else if (isScript && (line.GetResult(Statements) is null || line.GetResult(Outputs) is null))
            line.AddError("a script under test needs -s FILE and -o FILE");
    }

    private static Task<int> RunAsync(ParseResult line, CancellationToken cancellation) =>
        line.GetValue(Statements) is { } script
            ? RunScriptAsync(line, script, cancellation)
            : RunTestsAsync(line, cancellation);

    private static async Task<int> RunTestsAsync(ParseResult line, CancellationToken cancellation)
    {
        var output = line.InvocationConfiguration.Output;
        var (passed, failed) = (0, 0);
        foreach (var test in Files(line).SelectMany(SqlTestFile.Read))
        {
            var result = await SqlTestRunner.RunAsync(test, cancellation);
            if (result.Failure is null)
            {
                passed++;
                await output.WriteLineAsync($">>> Test passed! {test.Name}");
                continue;
            }
            failed++;
            await output.WriteLineAsync($">>>>> Test failed: {test.Name} ({test.File}:{test.Line})\n\t{result.Failure}");
        }
        await output.WriteLineAsync($"{Counted.Of(passed + failed, "test")}: {passed} passed, {failed} failed");
        return failed == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static IEnumerable<string> Files(ParseResult line)
    {
        IEnumerable<FileSystemInfo> given = line.GetValue(Tests) ?? [];
        if (line.GetValue(Folder) is { } folder)
            given = given.Append(folder);
        foreach (var entry in given)
        {
            if (!Directory.Exists(entry.FullName))
            {
                yield return entry.FullName;
                continue;
            }
            var files = Directory.GetFiles(entry.FullName, "*.sql", SearchOption.AllDirectories);
            if (files.Length == 0)
                throw new CommandException($"{entry.FullName}: holds no file *.sql, expected SQL tests");
            foreach (var file in files.Order(StringComparer.Ordinal))
                yield return file;
        }
    }

    private static async Task<int> RunScriptAsync(ParseResult line, FileInfo script, CancellationToken cancellation)
    {
        var test = ConformanceFile.Read(script.FullName, line.GetValue(Inputs)?.FullName, line.GetValue(Outputs)!.FullName);
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
