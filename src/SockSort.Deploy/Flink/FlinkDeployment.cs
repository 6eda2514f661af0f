using System.Globalization;
using SockSort.Deploy.Flink.Gateway;

namespace SockSort.Deploy.Flink;

/// <summary>Brings a translated script to Flink by its SQL Gateway, as often as one likes: jobs that work on it are left.</summary>
/// <remarks>Jobs are known by their names, which hold a fingerprint of all the text that they were made of.</remarks>
public sealed class FlinkDeployment(FlinkGateway gateway, FlinkProgram program, FlinkOptions options) : IDeployment
{
    // What the gateway needs beyond the time that its client may take, to say that it has passed.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<DeployReport> PlanAsync(CancellationToken cancellation)
    {
        await using var jobs = await OpenAsync(cancellation);
        var findings = await jobs.FindAsync(cancellation);
        return await ReportAsync(jobs, Steps(findings.Select(Planned)), findings, tellsFailed: false, cancellation);
    }

    /// <inheritdoc/>
    public async Task<DeployReport> StatusAsync(CancellationToken cancellation)
    {
        await using var jobs = await OpenAsync(cancellation);
        var findings = await jobs.FindAsync(cancellation);
        return await ReportAsync(jobs, Steps(findings.Select(Told)), findings, tellsFailed: true, cancellation);
    }

    /// <inheritdoc/>
    public async Task<DeployReport> ApplyAsync(Action<DeployStep> done, CancellationToken cancellation)
    {
        await using var jobs = await OpenAsync(cancellation);
        var findings = await jobs.FindAsync(cancellation);
        Check(findings);
        var made = new Dictionary<FlinkJob, string>();
        try
        {
            var steps = await SubmitAsync(jobs, findings, made, done, cancellation);
            await jobs.UntilSettledAsync(made, PlaceOf, cancellation);
            return await ReportAsync(jobs, steps, await jobs.FindAsync(cancellation), tellsFailed: true, cancellation);
        }
        catch (DeployException error)
        {
            throw FlinkDeployErrors.HalfDone(error, made.Count, findings.Count(finding => finding.IsAbsent));
        }
    }

    /// <inheritdoc/>
    /// <remarks>With <see cref="FlinkOptions.Savepoints"/> each writes one first; the step's detail tells where.</remarks>
    public async Task<DeployReport> RemoveAsync(bool isDryRun, Action<DeployStep> done, CancellationToken cancellation)
    {
        await using var jobs = await OpenAsync(cancellation);
        var findings = (await jobs.FindAsync(cancellation)).Reverse().ToList();
        var steps = new List<DeployStep>();
        foreach (var finding in findings)
        {
            var step = Removed(finding);
            if (finding.IsThere && !isDryRun)
            {
                var savepoint = await StopAsync(jobs, finding, steps, cancellation);
                step = step with { Detail = savepoint is null ? step.Detail : $"{step.Detail}, savepoint {savepoint}" };
            }
            steps.Add(step);
            done(step);
        }
        var left = isDryRun ? findings : await jobs.FindAsync(cancellation);
        return await ReportAsync(jobs, steps, left, tellsFailed: false, cancellation);
    }

    private async Task<FlinkJobs> OpenAsync(CancellationToken cancellation)
    {
        var version = await gateway.VersionAsync(cancellation);
        if (options.Rest is { } rest)
            await rest.CheckAsync(cancellation);
        var settings = new Dictionary<string, string>(options.Properties)
        {
            // Who submits does not wait for the end of a job that has none.
            ["table.dml-sync"] = "false",
            // The client of the gateway waits for savepoints, a minute by default.
            ["client.timeout"] = string.Create(CultureInfo.InvariantCulture, $"{options.Timeout.TotalMilliseconds:0} ms"),
        };
        foreach (var (name, value) in FlinkProgram.Settings)
            settings[name] = value;
        return new(await gateway.OpenAsync(settings, options.Timeout + Margin, cancellation), program, options) { Version = version };
    }

    private void Check(IReadOnlyList<FlinkFinding> findings)
    {
        var differing = findings.Where(finding => finding.IsInTheWay).ToList();
        if (differing.Count > 0)
            throw FlinkDeployErrors.Differs(program, [.. differing.Select(one => (PlaceOf(one.Job), one.Job.What, one.Detail))]);
        foreach (var name in options.FromSavepoints.Keys)
        {
            if (program.Jobs.Count(job => IsFor(name, job)) != 1)
                throw FlinkDeployErrors.NoSuchJob(name, program.Jobs);
        }
    }

    private static bool IsFor(string name, FlinkJob job) =>
        name.Length == 0 || string.Equals(name, job.Key, StringComparison.OrdinalIgnoreCase)
            || string.Equals(name, job.Key.Split(' ', 2)[1], StringComparison.OrdinalIgnoreCase);

    private async Task<List<DeployStep>> SubmitAsync(
        FlinkJobs jobs, IReadOnlyList<FlinkFinding> findings, Dictionary<FlinkJob, string> made, Action<DeployStep> done,
        CancellationToken cancellation)
    {
        if (findings.Any(finding => finding.IsAbsent))
            await jobs.CreateTablesAsync(cancellation);
        var steps = Steps(findings.Select(Planned));
        var absent = findings.Where(finding => finding.IsAbsent).ToDictionary(finding => Planned(finding), finding => finding.Job);
        for (var i = 0; i < steps.Count; i++)
        {
            if (absent.TryGetValue(steps[i], out var job))
            {
                var savepoint = options.FromSavepoints.FirstOrDefault(one => IsFor(one.Key, job)).Value;
                var id = await jobs.SubmitAsync(job, savepoint, cancellation);
                made.Add(job, id);
                await jobs.UntilItRunsAsync(job, id, PlaceOf(job), cancellation);
                steps[i] = steps[i] with { Detail = savepoint is null ? $"job {id}" : $"job {id}, from {savepoint}" };
            }
            done(steps[i]);
        }
        return steps;
    }

    private async Task<string?> StopAsync(
        FlinkJobs jobs, FlinkFinding finding, IReadOnlyList<DeployStep> before, CancellationToken cancellation)
    {
        try
        {
            return await jobs.StopAsync(finding, cancellation);
        }
        catch (DeployException error)
        {
            var done = before.Count(step => step.Outcome == DeployOutcome.Removed);
            throw FlinkDeployErrors.HalfDone(error, done, program.Jobs.Count);
        }
    }

    /// <param name="tellsFailed">Whether jobs that have failed once are in it: not where nothing of the script is to run.</param>
    private async Task<DeployReport> ReportAsync(
        FlinkJobs jobs, IReadOnlyList<DeployStep> steps, IReadOnlyList<FlinkFinding> findings, bool tellsFailed,
        CancellationToken cancellation)
    {
        var running = new List<RunningPart>();
        bool IsTold(FlinkJobStatus? job) => job is { IsAlive: true } || (tellsFailed && job is { State: FlinkJobStatus.Failed });
        foreach (var finding in findings.Where(finding => IsTold(finding.There)))
        {
            var job = finding.There!;
            var detail = job.State == FlinkJobStatus.Running ? "" : await jobs.CauseAsync(job.Id, cancellation) ?? "";
            running.Add(new(job.Name, job.State, detail) { HasFailed = FlinkJobStatus.Fails(job.State) });
        }
        return new($"{gateway.Address} ({jobs.Version})", steps, running);
    }

    /// <summary>The steps of the jobs, and of the statements that make none, in the order of the script.</summary>
    private List<DeployStep> Steps(IEnumerable<DeployStep> jobs) =>
    [
        .. program.PassedOver.Select(one => new DeployStep(one.Line, one.What, DeployOutcome.PassedOver, one.Reason)).Concat(jobs)
            .OrderBy(step => step.Line),
    ];

    private static DeployStep Planned(FlinkFinding finding) => finding switch
    {
        { IsAbsent: true } => Step(finding.Job, DeployOutcome.Made, ""),
        { IsInTheWay: true } => Step(finding.Job, DeployOutcome.Differs, finding.Detail),
        _ => Step(finding.Job, DeployOutcome.Unchanged, finding.Detail),
    };

    private static DeployStep Told(FlinkFinding finding) => finding switch
    {
        { IsAbsent: true } => Step(finding.Job, DeployOutcome.Absent, ""),
        { Differs: true } => Step(finding.Job, DeployOutcome.Differs, finding.Detail),
        _ => Step(finding.Job, DeployOutcome.Unchanged, finding.Detail),
    };

    private static DeployStep Removed(FlinkFinding finding) => finding switch
    {
        { IsAbsent: true } => Step(finding.Job, DeployOutcome.Absent, ""),
        { Differs: true } => Step(finding.Job, DeployOutcome.Differs, finding.Detail),
        _ => Step(finding.Job, DeployOutcome.Removed, finding.Detail),
    };

    private static DeployStep Step(FlinkJob job, DeployOutcome outcome, string detail) =>
        new(job.Statement.Line, job.Key, outcome, detail);

    private static string PlaceOf(FlinkJob job) => job.Statement.Statement.Span.Place;
}
