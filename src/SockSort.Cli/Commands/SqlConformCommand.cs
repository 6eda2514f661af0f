using System.CommandLine;
using System.Text.Json;
using SockSort.Cli.Output;
using SockSort.Cli.Sql;
using SockSort.Sql.Testing.Conformance;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sql conform</c>: tests engine and server with ksqlDB's query-validation files.</summary>
internal static class SqlConformCommand
{
    private static readonly Argument<DirectoryInfo> Folder = new("DIR") { Description = "Folder of query-validation files (*.json)" };
    private static readonly Option<FileInfo?> Json = new("--json") { Description = "Write the results, one entry a test, to this file" };
    private static readonly Option<bool> ShowFailures = new("--show-failures") { Description = "Print each failed test with its reason" };
    private static readonly Option<string?> Only = new("--only") { Description = "Run only tests whose file or name holds this text" };

    public static Command Create()
    {
        var command = new Command("conform", """
            Run query-validation files of ksqlDB and count what passes; those of its REST tests against a server that is started for each

            Example: socksort sql conform ../shared/conformance/ksqldb-qtt/core --show-failures
            """)
        {
            Folder, Json, ShowFailures, Only,
        };
        command.SetAction((line, cancellation) => RunAsync(
            line.InvocationConfiguration.Output, line.GetRequiredValue(Folder), line.GetValue(Json), line.GetValue(ShowFailures),
            line.GetValue(Only), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        TextWriter output, DirectoryInfo folder, FileInfo? json, bool showFailures, string? only, CancellationToken cancellation)
    {
        var results = new List<ConformanceResult>();
        foreach (var file in folder.EnumerateFiles("*.json").OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            var ran = new List<ConformanceResult>();
            foreach (var test in ConformanceFile.Read(file.FullName)
                .Where(test => only is null || $"{test.File} {test.Name}".Contains(only, StringComparison.OrdinalIgnoreCase)))
            {
                ran.Add(test.IsOfRest
                    ? await ConformServer.RunAsync(test, cancellation)
                    : await ConformanceRunner.RunAsync(test, cancellation));
            }
            if (ran.Count > 0)
                output.WriteLine($"{file.Name,-32} {Counts(ran)}");
            foreach (var failed in ran.Where(result => showFailures && result.Outcome == ConformanceOutcome.Failed))
                output.WriteLine($"  {failed.Case.Name}\n    {failed.Reason?.ReplaceLineEndings("\n    ")}");
            results.AddRange(ran);
        }
        output.WriteLine($"{"total",-32} {Counts(results)}");
        if (json is not null)
            await WriteAsync(json, results, cancellation);
        return Count(results, ConformanceOutcome.Failed) == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static int Count(List<ConformanceResult> results, ConformanceOutcome outcome) =>
        results.Count(result => result.Outcome == outcome);

    private static string Counts(List<ConformanceResult> results) =>
        $"passed {Count(results, ConformanceOutcome.Passed),4}, failed {Count(results, ConformanceOutcome.Failed),4}, out of scope "
            + $"{Count(results, ConformanceOutcome.OutOfScope),4}";

    private static async Task WriteAsync(FileInfo path, List<ConformanceResult> results, CancellationToken cancellation)
    {
        var report = new
        {
            passed = Count(results, ConformanceOutcome.Passed),
            failed = Count(results, ConformanceOutcome.Failed),
            out_of_scope = Count(results, ConformanceOutcome.OutOfScope),
            tests = results.Select(
                result =>
                    new { file = result.Case.File, name = result.Case.Name, outcome = Snake(result.Outcome), reason = result.Reason }),
        };
        await using var stream = path.Create();
        await JsonSerializer.SerializeAsync(stream, report, new JsonSerializerOptions { WriteIndented = true }, cancellation);
    }

    private static string Snake(ConformanceOutcome outcome) => outcome switch
    {
        ConformanceOutcome.Passed => "passed",
        ConformanceOutcome.Failed => "failed",
        _ => "out_of_scope",
    };
}
