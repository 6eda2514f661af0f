using System.CommandLine;

namespace SockSort.Cli.Output;

/// <summary>The option <c>--report DIR</c> of every command that evaluates a model.</summary>
internal static class ReportOption
{
    public static Option<string?> Create() =>
        new("--report") { Description = "Write report.html, which opens offline, and metrics.json there", HelpName = "DIR" };
}
