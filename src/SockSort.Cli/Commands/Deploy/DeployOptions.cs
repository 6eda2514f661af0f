using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Cli.Sql;

namespace SockSort.Cli.Commands.Deploy;

/// <summary>Options that all deployments share.</summary>
internal static class DeployOptions
{
    public static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would be done, and change nothing" };

    public static readonly Option<bool> Status = new("--status")
    {
        Description = "Say what of it is there and how it is; exit code 1 where something is missing, differs or has failed",
    };

    public static readonly Option<bool> Remove = new("--remove")
    {
        Description = "Remove what the file has made, the last first; with --dry-run only say what that would be",
    };

    public static readonly Option<bool> Json = new("--json") { Description = "The outcome as JSON, for scripts" };

    public static readonly Option<TimeSpan> Timeout = new("--timeout")
    {
        Description = "How long the other side may take for each part: 30s, 2m",
        CustomParser = Durations.ParseOption,
        DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
        HelpName = "T",
    };

    /// <param name="remove">The command's own form of <see cref="Remove"/>; null for that.</param>
    public static void AddTo(Command command, Option<bool>? remove = null)
    {
        remove ??= Remove;
        foreach (var option in (Option[])[DryRun, Status, remove, Json, Timeout, ServerConnection.User, ServerConnection.PasswordFile])
            command.Options.Add(option);
        command.Validators.Add(line =>
        {
            if (line.GetValue(Status) && (line.GetValue(DryRun) || line.GetValue(remove)))
                line.AddError($"--status changes nothing: it does not go with --dry-run or {remove.Name}");
        });
    }
}
