using SockSort.Client.Rest;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.KsqlDb;

/// <summary>Brings a script to a ksqlDB server, statement by statement, as often as one likes: what is there is left.</summary>
/// <param name="client">To the server.</param>
/// <param name="script">What is to exist there.</param>
/// <param name="timeout">How long a statement may take.</param>
public sealed class KsqlDeployment(KsqlClient client, KsqlScript script, TimeSpan timeout) : IDeployment
{
    private IReadOnlyCollection<string> Connectors =>
        [.. script.Statements.Select(statement => statement.Statement).OfType<CreateConnector>().Select(create => create.Name)];

    /// <inheritdoc/>
    public async Task<DeployReport> PlanAsync(CancellationToken cancellation)
    {
        var findings = await CompareAsync(cancellation);
        return await ReportAsync([.. findings.Select(Planned)], findings, cancellation);
    }

    /// <inheritdoc/>
    public async Task<DeployReport> StatusAsync(CancellationToken cancellation)
    {
        var findings = await CompareAsync(cancellation);
        return await ReportAsync([.. findings.Select(Told)], findings, cancellation);
    }

    /// <inheritdoc/>
    public async Task<DeployReport> ApplyAsync(Action<DeployStep> done, CancellationToken cancellation)
    {
        var findings = await CompareAsync(cancellation);
        var differing = findings.Where(IsInTheWay).ToList();
        if (differing.Count > 0)
            throw KsqlDeployErrors.Differs(script, differing);
        var commands = new KsqlCommands(client, timeout) { Planned = findings.Count(IsSent) };
        var steps = new List<DeployStep>();
        foreach (var finding in findings)
        {
            var step = Planned(finding);
            if (IsSent(finding) && await commands.RunAsync(finding.Statement, cancellation) is { Length: > 0 } query)
                step = step with { Detail = Join(step.Detail, $"query {query}") };
            steps.Add(step);
            done(step);
        }
        return await ReportAsync(steps, await CompareAsync(cancellation), cancellation);
    }

    /// <inheritdoc/>
    public async Task<DeployReport> RemoveAsync(bool isDryRun, Action<DeployStep> done, CancellationToken cancellation)
    {
        var findings = (await CompareAsync(cancellation)).Reverse().ToList();
        var commands = new KsqlCommands(client, timeout) { Planned = findings.Count(finding => finding.Presence == Presence.Same) };
        var steps = new List<DeployStep>();
        foreach (var finding in findings.Where(finding => finding.Presence != Presence.Nothing))
        {
            if (finding.Presence == Presence.Same && !isDryRun)
                _ = await commands.UndoAsync(finding.Statement, UndoOf(finding), cancellation);
            var step = Removed(finding);
            steps.Add(step);
            done(step);
        }
        return await ReportAsync(steps, isDryRun ? findings : await CompareAsync(cancellation), cancellation);
    }

    private async Task<IReadOnlyList<Finding>> CompareAsync(CancellationToken cancellation)
    {
        try
        {
            return KsqlComparison.Of(script, await KsqlServerState.ReadAsync(client, Connectors, cancellation));
        }
        catch (KsqlClientException error)
        {
            throw KsqlDeployErrors.Of(error, client.Server);
        }
    }

    private async Task<DeployReport> ReportAsync(
        IReadOnlyList<DeployStep> steps, IReadOnlyList<Finding> findings, CancellationToken cancellation)
    {
        try
        {
            var version = (string?)(await client.InfoAsync(cancellation))["version"];
            var queries = findings.Select(finding => finding.Query).OfType<KsqlQuery>();
            var running = queries.Select(query => new RunningPart(query.Id, query.State, query.Error));
            return new($"{client.Server} (version {version})", steps, [.. running]);
        }
        catch (KsqlClientException error)
        {
            throw KsqlDeployErrors.Of(error, client.Server);
        }
    }

    private static bool IsInTheWay(Finding finding) =>
        finding is { Presence: Presence.Differs, Statement: { Replaces: false, Leaves: false } };

    private static bool IsSent(Finding finding) => finding.Presence switch
    {
        Presence.Absent => true,
        Presence.Differs => finding.Statement.Replaces,
        // ASSERT TOPIC changes nothing, and says so if what it asks for is not there.
        Presence.Nothing => finding.Statement.PassedOver is null,
        _ => false,
    };

    private static DeployStep Planned(Finding finding)
    {
        var outcome = finding.Presence switch
        {
            Presence.Absent => DeployOutcome.Made,
            Presence.Same => DeployOutcome.Unchanged,
            Presence.Differs when finding.Statement.Replaces => DeployOutcome.Changed,
            // IF NOT EXISTS asks for no more than that something of the name is there.
            Presence.Differs when finding.Statement.Leaves => DeployOutcome.Unchanged,
            Presence.Differs => DeployOutcome.Differs,
            _ => finding.Statement.PassedOver is null ? DeployOutcome.Unchanged : DeployOutcome.PassedOver,
        };
        return Step(finding, outcome);
    }

    private static DeployStep Told(Finding finding) => finding.Presence switch
    {
        Presence.Absent => Step(finding, DeployOutcome.Absent),
        Presence.Differs => Step(finding, DeployOutcome.Differs),
        _ => Planned(finding),
    };

    private static DeployStep Removed(Finding finding) => Step(finding, finding.Presence switch
    {
        Presence.Same => DeployOutcome.Removed,
        Presence.Differs => DeployOutcome.Differs,
        _ => DeployOutcome.Absent,
    });

    private static DeployStep Step(Finding finding, DeployOutcome outcome) =>
        new(finding.Statement.Line, finding.Statement.What, outcome, finding.Detail);

    private static string UndoOf(Finding finding) => finding.Statement.Statement switch
    {
        InsertSelect => Terminate(finding.Query!),
        // Older versions of ksqlDB do not drop what a query still writes.
        CreateAsSelect create => $"{(finding.Query is { } query ? Terminate(query) : "")}{Drop(create.IsTable, create.Name)}",
        CreateSource create => Drop(create.IsTable, create.Name),
        CreateType type => $"DROP TYPE {SqlPrinter.Name(type.Name)};",
        CreateConnector connector => $"DROP CONNECTOR {SqlPrinter.Name(connector.Name)};",
        _ => throw new InvalidOperationException($"{finding.Statement.What} makes nothing that could be removed"),
    };

    private static string Terminate(KsqlQuery query) => $"TERMINATE {SqlPrinter.Name(query.Id)};";

    private static string Drop(bool isTable, string name) => $"DROP {(isTable ? "TABLE" : "STREAM")} {SqlPrinter.Name(name)};";

    private static string Join(string one, string other) => one.Length == 0 ? other : $"{one}; {other}";
}
