using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Sql.Syntax;
using SockSort.Sql.Testing.Replay;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort sql replay</c>: runs a script over recorded traces, for users' own tests.</summary>
internal static class SqlReplayCommand
{
    private static readonly Argument<FileInfo> Script = new("FILE")
    {
        Description = "The script; statements about connectors are left out",
    };
    private static readonly Option<string[]> Topics = new("--topic")
    {
        Description = "Records of a topic, one JSON object a line, as 'socksort topic print --json' writes them",
        HelpName = "TOPIC=FILE",
    };
    private static readonly Option<FileInfo?> Expect = new("--expect")
    {
        Description = "Compare the results with this file, instead of printing them; exit code 1 if they differ",
    };

    public static Command Create()
    {
        var command = new Command("replay", """
            Run a script over recorded traces, without a log. Time is that of the records, so the same traces always give the same results.
            Results are printed one JSON object a line, as --expect reads them; fields that an expectation leaves out are not compared.

            Example:
              socksort topic print data_mqtt --from-beginning --exit-at-end --json > trace.jsonl
              socksort sql replay samples/sock.ksql --topic data_mqtt=trace.jsonl > out.jsonl
              socksort sql replay samples/sock.ksql --topic data_mqtt=trace.jsonl --expect out.jsonl
            """)
        {
            Script, Topics, Expect,
        };
        Topics.Validators.Add(option =>
        {
            foreach (var token in option.Tokens.Where(token => token.Value.IndexOf('=') is 0 or -1))
                option.AddError($"--topic '{token.Value}': write TOPIC=FILE");
        });
        command.SetAction((line, cancellation) => RunAsync(line, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var script = line.GetRequiredValue(Script);
        var traces = new List<(string, Trace)>();
        foreach (var topic in line.GetValue(Topics) ?? [])
        {
            var at = topic.IndexOf('=');
            traces.Add((topic[..at], await ReadAsync(topic[(at + 1)..], cancellation)));
        }
        await using var run = new ReplayRun();
        await run.DefineAsync(new SourceText(script.Name, await File.ReadAllTextAsync(script.FullName, cancellation)), cancellation);
        run.Feed(traces);
        var results = await run.ResultsAsync(cancellation);
        foreach (var note in run.Notes.Concat(run.Losses()))
            await line.InvocationConfiguration.Error.WriteLineAsync($"note: {note}");
        return line.GetValue(Expect) is { } expected
            ? Judge(line.InvocationConfiguration.Output, await ReadAsync(expected.FullName, cancellation), run, results)
            : Print(line.InvocationConfiguration.Output, results);
    }

    private static async Task<Trace> ReadAsync(string path, CancellationToken cancellation) =>
        Trace.Read(Path.GetFileName(path), await File.ReadAllTextAsync(path, cancellation));

    private static int Print(TextWriter output, IReadOnlyList<ReplayOutput> results)
    {
        foreach (var result in results)
            output.WriteLine(result.ToString());
        return ExitCode.Done;
    }

    private static int Judge(TextWriter output, Trace expected, ReplayRun run, IReadOnlyList<ReplayOutput> results)
    {
        if (ReplayDifference.Of(expected, results, run.OutputTopics) is { } difference)
        {
            output.WriteLine($"{difference}\n\nthe results differ from {expected.Name}: - was expected, + came");
            return ExitCode.Failed;
        }
        output.WriteLine($"all {expected.Lines.Count} records are as expected");
        return ExitCode.Done;
    }
}
