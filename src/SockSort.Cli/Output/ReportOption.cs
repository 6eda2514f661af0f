using System.CommandLine;

namespace SockSort.Cli.Output;

/// <summary><c>--report DIR</c>, the same for every command that judges a model.</summary>
internal static class ReportOption
{
    public static Option<string?> Create() =>
        new("--report") { Description = "Write report.html, which opens offline, and metrics.json there", HelpName = "DIR" };
}
