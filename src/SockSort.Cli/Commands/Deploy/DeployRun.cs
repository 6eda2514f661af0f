using System.CommandLine;
using SockSort.Deploy;

namespace SockSort.Cli.Commands.Deploy;

/// <summary>Does with a deployment what the command line asks for, and prints it.</summary>
internal static class DeployRun
{
    /// <param name="remove">The command's own form of <see cref="DeployOptions.Remove"/>; null for that.</param>
    /// <returns>The exit code of the command.</returns>
    public static async Task<int> RunAsync(
        IDeployment deployment, ParseResult line, CancellationToken cancellation, Option<bool>? remove = null)
    {
        var printer = new DeployPrinter(line);
        var (isStatus, isDryRun) = (line.GetValue(DeployOptions.Status), line.GetValue(DeployOptions.DryRun));
        if (line.GetValue(remove ?? DeployOptions.Remove))
            return printer.Report(await deployment.RemoveAsync(isDryRun, printer.Step, cancellation), isStatus: false);
        if (!isStatus && !isDryRun)
            return printer.Report(await deployment.ApplyAsync(printer.Step, cancellation), isStatus: false);
        var report = await (isStatus ? deployment.StatusAsync(cancellation) : deployment.PlanAsync(cancellation));
        foreach (var step in report.Steps)
            printer.Step(step);
        return printer.Report(report, isStatus);
    }
}
