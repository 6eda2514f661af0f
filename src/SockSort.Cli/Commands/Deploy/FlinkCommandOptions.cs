using System.CommandLine;
using System.CommandLine.Parsing;
using SockSort.Cli.Output;

namespace SockSort.Cli.Commands.Deploy;

/// <summary>What only Flink is told.</summary>
internal static class FlinkCommandOptions
{
    private const string Never = "never";

    public static readonly Option<string> Kafka = new("--kafka")
    {
        Description = "Kafka's address as Flink's machines reach it",
        HelpName = "HOST:PORT",
        Required = true,
    };

    public static readonly Option<FileInfo?> KafkaProperties = new("--kafka-properties")
    {
        Description = "A file that says how Flink logs in to Kafka, as Kafka's own tools take it: security.protocol, sasl.…, ssl.…",
        HelpName = "FILE",
    };

    public static readonly Option<string?> Gateway = new("--gateway")
    {
        Description = "The address of Flink's SQL Gateway, whose port is 8083 unless set otherwise; --dry-run does without",
        HelpName = "URL",
    };

    public static readonly Option<string?> Rest = new("--rest")
    {
        Description =
            "The address of Flink's JobManager, port 8081 unless set otherwise: it knows why a job fails, and whether all its tasks run",
        HelpName = "URL",
    };

    public static readonly Option<bool> Cancel = new("--cancel", "--remove")
    {
        Description = "Stop the script's jobs, the last first; with --dry-run only say which those would be",
    };

    public static readonly Option<string?> Savepoints = new("--savepoints")
    {
        Description = "With --cancel: let each job write a savepoint into this folder, as Flink's machines name it, and print where",
        HelpName = "DIR",
    };

    public static readonly Option<string[]> FromSavepoint = new("--from-savepoint")
    {
        Description = "Start a job from a savepoint: PATH where the script has one job, NAME=PATH for each where it has several",
        HelpName = "PATH",
    };

    public static readonly Option<string[]> Properties = new("--property")
    {
        Description = "A further option of Flink for the jobs, as execution.checkpointing.interval=30s; may be given several times",
        HelpName = "NAME=VALUE",
    };

    public static readonly Option<TimeSpan> IdleTimeout = new("--idle-timeout")
    {
        Description = "How long windows wait for a partition that has no records: 30s, 5m, never to wait for ever",
        CustomParser = value => value.Tokens is [{ Value: Never }] ? TimeSpan.Zero : Durations.ParseOption(value),
        DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
        HelpName = "T",
    };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Kafka, KafkaProperties, Gateway, Rest, IdleTimeout, Properties])
            command.Options.Add(option);
        DeployOptions.AddTo(command, Cancel);
        command.Options.Add(Savepoints);
        command.Options.Add(FromSavepoint);
        command.Validators.Add(Check);
    }

    /// <summary>The options of Flink by their names.</summary>
    public static Dictionary<string, string> PropertiesOf(ParseResult line) =>
        (line.GetValue(Properties) ?? []).Select(text => text.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);

    /// <summary>The savepoints by their jobs' names; by an empty one where no job is named.</summary>
    public static Dictionary<string, string> SavepointsOf(ParseResult line) =>
        (line.GetValue(FromSavepoint) ?? []).Select(Named).ToDictionary(one => one.Job, one => one.Path, StringComparer.OrdinalIgnoreCase);

    private static (string Job, string Path) Named(string text) =>
        // A path may hold '=' itself; names of jobs hold no '/'.
        text.Split('=', 2) is [var job, var path] && !job.Contains('/') ? (job, path) : ("", text);

    private static void Check(CommandResult line)
    {
        var isCancel = line.GetValue(Cancel);
        if (line.GetValue(Gateway) is null && (isCancel || line.GetValue(DeployOptions.Status) || !line.GetValue(DeployOptions.DryRun)))
            line.AddError("--gateway URL is needed, Flink's SQL Gateway; or --dry-run, which prints the statements for sql-client.sh -f");
        if (line.GetValue(Savepoints) is not null && !isCancel)
            line.AddError("--savepoints goes with --cancel: jobs write savepoints when they are stopped");
        if (line.GetValue(FromSavepoint) is { Length: > 0 } from)
        {
            if (isCancel || line.GetValue(DeployOptions.Status))
                line.AddError("--from-savepoint starts jobs: it does not go with --cancel or --status");
            var jobs = from.Select(Named).GroupBy(one => one.Job, StringComparer.OrdinalIgnoreCase);
            if (jobs.FirstOrDefault(same => same.Count() > 1) is { } twice)
                line.AddError($"--from-savepoint: '{twice.Key}' has two savepoints; name each job once, as NAME=PATH");
        }
        var properties = line.GetValue(Properties) ?? [];
        if (properties.GroupBy(text => text.Split('=')[0]).FirstOrDefault(same => same.Count() > 1) is { } repeated)
            line.AddError($"--property: '{repeated.Key}' has two values; give it once");
        if (line.GetValue(Gateway) is null && (properties.Length > 0 || line.GetValue(FromSavepoint) is { Length: > 0 }))
            line.AddError("--property and --from-savepoint go with --gateway: --dry-run alone prints the statements without them");
        foreach (var text in properties)
        {
            if (text.IndexOf('=') < 1)
                line.AddError($"--property: '{text}' is no NAME=VALUE, as in execution.checkpointing.interval=30s");
        }
    }
}
