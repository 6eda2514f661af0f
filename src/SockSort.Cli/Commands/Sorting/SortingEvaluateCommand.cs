using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Cli.Topics;
using SockSort.Sorting.Evaluation;

namespace SockSort.Cli.Commands.Sorting;

/// <summary><c>socksort sorting evaluate</c>: measures how well socks are counted.</summary>
internal static class SortingEvaluateCommand
{
    private static readonly Option<int> Scenarios = new Option<int>("--scenarios")
    {
        Description = "So many for each share of wrong frames",
        DefaultValueFactory = _ => 500,
        HelpName = "N",
    }.Within(1, 100_000);

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "The same seed, the same scenarios",
        DefaultValueFactory = _ => 1,
        HelpName = "S",
    };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "Write index.html, with the table and a plot, there",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new Command("evaluate", """
            Plays scenarios whose truth is known (socks held for 0.5 to 60 s, the same twice in a row, alike ones, blur, wrong frames
            alone and in bursts, stalls, restarts, 1 to 30 frames a second) and counts the socks by the original's SQL, by session
            windows in SQL, and by sightings.

            Example:
              socksort sorting evaluate --scenarios 500 --seed 1 --report report
            """)
        { Scenarios, Seed, Report };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var (scenarios, seed) = (line.GetValue(Scenarios), line.GetValue(Seed));
        var evaluation = new SortingEvaluation(scenarios, seed);
        var rows = new List<EvaluationRow>();
        foreach (var wrong in SortingEvaluation.WrongFrames)
            rows.AddRange(await evaluation.RunAsync(wrong, cancellation));
        string[] titles = [.. EvaluationTable.Headings];
        Columns.Write(
            [titles, .. rows.Select(row => EvaluationTable.Cells(row).ToArray())], isNamed: true, line.InvocationConfiguration.Output);
        if (line.GetValue(Report) is not { } folder)
            return ExitCode.Done;
        EvaluationReport.Write(folder, $"How well socks are counted: {scenarios} scenarios, seed {seed}", rows);
        line.InvocationConfiguration.Output.WriteLine($"report in {Path.Combine(folder, "index.html")}");
        return ExitCode.Done;
    }
}
