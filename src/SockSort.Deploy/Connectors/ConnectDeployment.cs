using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Connectors;

/// <summary>Brings connectors to a Kafka Connect cluster, as often as one likes: those that are there as they are to be are left.</summary>
/// <param name="connect">To the cluster.</param>
/// <param name="file">What is to exist there.</param>
/// <param name="timeout">How long a connector may take until it runs.</param>
public sealed class ConnectDeployment(ConnectRest connect, ConnectorFile file, TimeSpan timeout) : IDeployment
{
    private const string ClassKey = "connector.class";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    /// <remarks>The cluster checks the connectors.</remarks>
    public async Task<DeployReport> PlanAsync(CancellationToken cancellation)
    {
        await CheckAsync(cancellation);
        var findings = await CompareAsync(cancellation);
        return await ReportAsync([.. findings.Select(Planned)], cancellation);
    }

    /// <inheritdoc/>
    public async Task<DeployReport> StatusAsync(CancellationToken cancellation)
    {
        var findings = await CompareAsync(cancellation);
        return await ReportAsync([.. findings.Select(Told)], cancellation);
    }

    /// <inheritdoc/>
    public async Task<DeployReport> ApplyAsync(Action<DeployStep> done, CancellationToken cancellation)
    {
        await CheckAsync(cancellation);
        var findings = await CompareAsync(cancellation);
        var (all, made) = (findings.Count(finding => finding.IsSent), 0);
        foreach (var finding in findings)
        {
            try
            {
                if (finding.IsSent)
                {
                    await connect.PutAsync(finding.Connector.Name, finding.Connector.Settings, cancellation);
                    made++;
                    await UntilItRunsAsync(finding.Connector, cancellation);
                }
            }
            catch (DeployException error)
            {
                throw ConnectDeployErrors.HalfDone(ConnectDeployErrors.Hidden(error, finding.Connector), made, all);
            }
            done(Planned(finding));
        }
        return await ReportAsync([.. findings.Select(Planned)], cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>What they have written stays, and the cluster keeps how far they came.</remarks>
    public async Task<DeployReport> RemoveAsync(bool isDryRun, Action<DeployStep> done, CancellationToken cancellation)
    {
        var steps = new List<DeployStep>();
        foreach (var finding in (await CompareAsync(cancellation)).Reverse())
        {
            var step = Removed(finding);
            if (step.Outcome == DeployOutcome.Removed && !isDryRun)
                await DeleteAsync(finding.Connector, cancellation);
            steps.Add(step);
            done(step);
        }
        return await ReportAsync(steps, cancellation);
    }

    private async Task CheckAsync(CancellationToken cancellation)
    {
        var plugins = await connect.PluginsAsync(cancellation);
        foreach (var connector in file.Connectors)
        {
            var wanted = connector.Settings[ClassKey];
            if (!plugins.Any(plugin => plugin.IsNamed(wanted)))
                throw ConnectDeployErrors.NoPlugin(connect.Cluster, file.PlaceOf(connector), connector, wanted, plugins);
            try
            {
                // By the name that the settings have: Connect refuses a short one under the address of the full one.
                var problems = await connect.ValidateAsync(wanted, connector.Name, connector.Settings, cancellation);
                if (problems.Count > 0)
                    throw ConnectDeployErrors.Wrong(file.PlaceOf(connector), connector, problems);
            }
            catch (DeployException error)
            {
                throw ConnectDeployErrors.Hidden(error, connector);
            }
        }
    }

    private async Task<IReadOnlyList<ConnectFinding>> CompareAsync(CancellationToken cancellation)
    {
        var findings = new List<ConnectFinding>();
        foreach (var connector in file.Connectors)
            findings.Add(new(connector, await connect.ConfigAsync(connector.Name, cancellation)));
        return findings;
    }

    private async Task UntilItRunsAsync(WantedConnector connector, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        ConnectorStatus? last = null;
        try
        {
            while ((last = await connect.StatusAsync(connector.Name, limit.Token)) is null or { IsOnItsWay: true })
                await Task.Delay(Pause, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // A connector that finds nothing to do has no task, and may stay so.
            if (last is not { State: ConnectorStatus.Running })
                throw ConnectDeployErrors.Late(file.PlaceOf(connector), connector, last, timeout);
        }
    }

    private async Task DeleteAsync(WantedConnector connector, CancellationToken cancellation)
    {
        await connect.DeleteAsync(connector.Name, cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        ConnectorStatus? last = null;
        try
        {
            // The workers end its tasks after the answer.
            while ((last = await connect.StatusAsync(connector.Name, limit.Token)) is not null)
                await Task.Delay(Pause, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw ConnectDeployErrors.NotGone(file.PlaceOf(connector), connector, last, timeout);
        }
    }

    private async Task<DeployReport> ReportAsync(IReadOnlyList<DeployStep> steps, CancellationToken cancellation)
    {
        var running = new List<RunningPart>();
        foreach (var connector in file.Connectors)
        {
            if (await connect.StatusAsync(connector.Name, cancellation) is { } status)
                running.Add(new(connector.Name, status.State, ConnectDeployErrors.Hide(status.Detail, connector)));
        }
        return new($"{connect.Cluster} (Kafka Connect {await connect.VersionAsync(cancellation)})", steps, running);
    }

    private static DeployStep Planned(ConnectFinding finding) => Step(finding, finding switch
    {
        { There: null } => DeployOutcome.Made,
        { IsSent: true } => DeployOutcome.Changed,
        _ => DeployOutcome.Unchanged,
    });

    private static DeployStep Told(ConnectFinding finding) => Step(finding, finding switch
    {
        { There: null } => DeployOutcome.Absent,
        { IsSent: true } => DeployOutcome.Differs,
        _ => DeployOutcome.Unchanged,
    });

    /// <summary>One of another class has the name only by chance, and is left.</summary>
    private static DeployStep Removed(ConnectFinding finding)
    {
        if (finding.There is null)
            return Step(finding, DeployOutcome.Absent);
        var isOurs = finding.There.GetValueOrDefault(ClassKey) == finding.Connector.Settings[ClassKey];
        return Step(finding, isOurs ? DeployOutcome.Removed : DeployOutcome.Differs);
    }

    private static DeployStep Step(ConnectFinding finding, DeployOutcome outcome)
    {
        var open = finding.Connector.Settings.Where(IsOpenSecret).Select(setting => $"'{setting.Key}'").ToList();
        var advice = open.Count == 0 || outcome is DeployOutcome.Removed or DeployOutcome.Absent
            ? ""
            : $"{string.Join(", ", open)} stands in the open for all who may read the cluster's configurations; write ${{file:PATH:NAME}}";
        var details = new[] { finding.Differences, advice }.Where(detail => detail.Length > 0);
        return new(finding.Connector.Line, $"connector {finding.Connector.Name}", outcome, string.Join("; ", details));
    }

    private static bool IsOpenSecret(KeyValuePair<string, string> setting) =>
        SecretText.IsSecret(setting.Key) && setting.Value.Length > 0 && !setting.Value.Contains("${", StringComparison.Ordinal);

    /// <param name="There">The cluster's settings; null where there is no such connector.</param>
    private sealed record ConnectFinding(WantedConnector Connector, Dictionary<string, string>? There)
    {
        /// <summary>What differs; empty for nothing.</summary>
        public string Differences { get; } = There is null ? "" : SettingDifferences.Between(Connector.Settings, There);

        public bool IsSent => There is null || Differences.Length > 0;
    }
}
