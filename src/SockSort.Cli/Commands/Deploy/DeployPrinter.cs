using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Deploy;

namespace SockSort.Cli.Commands.Deploy;

/// <summary>Prints what a deployment does: a line a step as it is done, or all of it as JSON.</summary>
internal sealed class DeployPrinter(ParseResult line)
{
    private readonly TextWriter _output = line.InvocationConfiguration.Output;
    private readonly bool _isJson = line.GetValue(DeployOptions.Json);
    private readonly bool _isDryRun = line.GetValue(DeployOptions.DryRun);

    /// <summary>Prints a step when it is done.</summary>
    public void Step(DeployStep step)
    {
        if (_isJson)
            return;
        var detail = step.Detail.Length == 0 ? "" : $": {step.Detail}";
        var place = step.Line == 0 ? "" : $"{step.Line}";
        _output.WriteLine($"{place,5}  {step.What,-40} {WordsOf(step.Outcome)}{detail}");
        _output.Flush();
    }

    /// <summary>Prints what runs, and whether anything was changed.</summary>
    /// <returns>The exit code of the command.</returns>
    public int Report(DeployReport report, bool isStatus)
    {
        if (_isJson)
            _output.WriteLine(JsonOutput.Of(Shape(report)));
        else
            Sum(report, isStatus);
        var isMissing = isStatus && report.Steps.Any(step => step.Outcome == DeployOutcome.Absent);
        return report.HasTrouble || isMissing ? ExitCode.Failed : ExitCode.Done;
    }

    private void Sum(DeployReport report, bool isStatus)
    {
        foreach (var part in report.Running)
            _output.WriteLine($"       {part.Name,-40} {part.State}{(part.Detail.Length == 0 ? "" : $": {part.Detail}")}");
        var changes = report.Steps.Count(step => step.Outcome is DeployOutcome.Made or DeployOutcome.Changed or DeployOutcome.Removed);
        if (isStatus)
            _output.WriteLine(report.Target);
        else if (changes == 0)
            _output.WriteLine($"{report.Target}: nothing to change");
        else
            _output.WriteLine($"{report.Target}: {Counted.Of(changes, "change")}{(_isDryRun ? " to make; nothing was sent" : "")}");
    }

    private string WordsOf(DeployOutcome outcome) => outcome switch
    {
        DeployOutcome.Made => _isDryRun ? "to be made" : "made",
        DeployOutcome.Changed => _isDryRun ? "to be changed" : "changed",
        DeployOutcome.Unchanged => "is there",
        DeployOutcome.Differs => "differs, and is left",
        DeployOutcome.PassedOver => "passed over",
        DeployOutcome.Removed => _isDryRun ? "to be removed" : "removed",
        _ => "is not there",
    };

    private object Shape(DeployReport report) => new
    {
        report.Target,
        IsDryRun = _isDryRun,
        report.HasChanges,
        Steps = report.Steps.Select(step => new { step.Line, step.What, Outcome = Snake(step.Outcome), step.Detail }),
        report.Running,
    };

    private static string Snake(DeployOutcome outcome) =>
        outcome == DeployOutcome.PassedOver ? "passed_over" : outcome.ToString().ToLowerInvariant();
}
