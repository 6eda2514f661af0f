using System.Diagnostics;
using SockSort.Deploy.Flink.Gateway;

namespace SockSort.Deploy.Flink;

/// <summary>Starts, watches and stops a script's jobs in a session of the gateway.</summary>
internal sealed class FlinkJobs(FlinkSession session, FlinkProgram program, FlinkOptions options) : IAsyncDisposable
{
    private const string Savepoint = "execution.state-recovery.path";
    private const string SavepointFolder = "execution.checkpointing.savepoint-dir";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // Beyond the JobManager's web.refresh-interval, 3 s unless it is set otherwise.
    private static readonly TimeSpan LongestOld = TimeSpan.FromSeconds(15);

    /// <summary>Name and version of Flink.</summary>
    public required string Version { get; init; }

    public ValueTask DisposeAsync() => session.DisposeAsync();

    /// <summary>Looks for the script's jobs.</summary>
    public async Task<IReadOnlyList<FlinkFinding>> FindAsync(CancellationToken cancellation) =>
        FlinkFinding.Of(program, await session.JobsAsync(cancellation));

    /// <summary>Makes the session's tables.</summary>
    public async Task CreateTablesAsync(CancellationToken cancellation)
    {
        foreach (var table in program.Tables)
            _ = await session.RunAsync(program.Login.Filled(table), cancellation);
    }

    /// <param name="savepoint">What it starts from; null for the beginning.</param>
    /// <returns>The job's id.</returns>
    public async Task<string> SubmitAsync(FlinkJob job, string? savepoint, CancellationToken cancellation)
    {
        var (name, value) = FlinkProgram.JobName(job);
        await session.SetAsync(name, value, cancellation);
        if (savepoint is not null)
            await session.SetAsync(Savepoint, savepoint, cancellation);
        var answer = await session.RunAsync(job.Insert, cancellation);
        if (savepoint is not null)
            _ = await session.RunAsync($"RESET '{Savepoint}'", cancellation);
        return answer.Job ?? throw new InvalidOperationException($"the gateway answered {job.Insert} without a job");
    }

    /// <summary>Waits until a job runs, with all of its tasks where Flink's REST API can be asked.</summary>
    public async Task UntilItRunsAsync(FlinkJob job, string id, string place, CancellationToken cancellation)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellation))
        {
            var state = await StateAsync(id, cancellation);
            if (FlinkJobStatus.Fails(state))
                throw FlinkDeployErrors.Failed(place, job, id, await RootAsync(id, cancellation), options.Rest?.Address);
            var (running, all) = state == FlinkJobStatus.Running && options.Rest is { } rest
                ? await rest.TasksAsync(id, cancellation)
                : (0, 0);
            if (state == FlinkJobStatus.Running && running == all)
                return;
            if (waited.Elapsed <= options.Timeout)
                continue;
            var seen = all == 0 ? state : $"{running} of its {all} tasks run; the others may lack free task slots";
            throw FlinkDeployErrors.Late(place, job, id, seen, options.Timeout);
        }
    }

    /// <summary>Watches jobs that have just been started: all of them have to stay.</summary>
    public async Task UntilSettledAsync(
        IReadOnlyDictionary<FlinkJob, string> started, Func<FlinkJob, string> placeOf, CancellationToken cancellation)
    {
        if (started.Count == 0)
            return;
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellation))
        {
            var jobs = await session.JobsAsync(cancellation);
            foreach (var (job, id) in started)
            {
                if (jobs.FirstOrDefault(one => one.Id == id) is not { IsAlive: true } alive || FlinkJobStatus.Fails(alive.State))
                    throw FlinkDeployErrors.Failed(placeOf(job), job, id, await RootAsync(id, cancellation), options.Rest?.Address);
            }
            if (waited.Elapsed > options.Settling)
                return;
        }
    }

    /// <summary>Stops a job, and waits until it has ended.</summary>
    /// <returns>Where its savepoint is; null without one.</returns>
    public async Task<string?> StopAsync(FlinkFinding finding, CancellationToken cancellation)
    {
        var id = finding.There!.Id;
        if (options.Savepoints is { } folder)
            await session.SetAsync(SavepointFolder, folder, cancellation);
        var savepoint = await StopAsync(finding.Job, id, cancellation);
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellation))
        {
            var jobs = await session.JobsAsync(cancellation);
            if (jobs.FirstOrDefault(one => one.Id == id) is not { IsAlive: true } alive)
                return savepoint;
            if (waited.Elapsed > options.Timeout)
                throw FlinkDeployErrors.NotGone(finding.Job, id, alive.State, savepoint, options.Timeout);
        }
    }

    /// <returns>Where the savepoint is; null without one.</returns>
    private async Task<string?> StopAsync(FlinkJob job, string id, CancellationToken cancellation)
    {
        if (options.Savepoints is not { } folder)
        {
            _ = await session.RunAsync($"STOP JOB '{id}'", cancellation);
            return null;
        }
        try
        {
            return (await session.RunAsync($"STOP JOB '{id}' WITH SAVEPOINT", cancellation)).Rows[0][0];
        }
        catch (DeployException error) when (FlinkDeployErrors.IsTimeout(error))
        {
            throw FlinkDeployErrors.NoSavepoint(job, id, folder, options.Timeout, error);
        }
    }

    /// <returns>Why a job has failed or restarts; null where that is not to be had.</returns>
    public async Task<string?> CauseAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return options.Rest is { } rest ? await rest.CauseAsync(id, cancellation) : null;
        }
        catch (DeployException)
        {
            // That a job fails is what is to be told.
            return null;
        }
    }

    /// <summary>The same of a job that has just failed: the JobManager shows for some seconds what it knew before.</summary>
    private async Task<string?> RootAsync(string id, CancellationToken cancellation)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(Pause, cancellation))
        {
            var cause = await CauseAsync(id, cancellation);
            if (cause is not null || options.Rest is null || waited.Elapsed > LongestOld)
                return cause;
        }
    }

    private async Task<string> StateAsync(string id, CancellationToken cancellation)
    {
        var jobs = await session.JobsAsync(cancellation);
        return jobs.FirstOrDefault(job => job.Id == id)?.State ?? "not known to Flink";
    }
}
