using SockSort.Cli.Logs;
using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Host.Parts;
using SockSort.Log;
using SockSort.Server.Connectors;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Cli.Parts;

/// <summary>Connectors and the SQL engine over a log.</summary>
internal sealed record SqlParts(ConnectWorker Worker, SqlEngine Engine)
{
    /// <exception cref="LogException">The log can't be opened: another process writes to the folder, or Kafka can't be reached.</exception>
    public static ILog OpenLog(PartHost host, LogPlace place)
    {
        var log = host.Open("log", () => place.Open(host.Loggers), HealthOf);
        _ = host.Open("figures of the log", () => new LogTopicsMeter(log));
        return log;
    }

    /// <summary>The engine is there, and runs from its own start on.</summary>
    public static SqlParts Open(PartHost host, SqlPlan plan)
    {
        var worker = host.Open("connectors", () => WorkerOf(host, plan), HealthOf);
        var options = OptionsOf(plan, worker) with { Loggers = host.Loggers };
        var engine = host.Open("SQL engine", () => new SqlEngine(plan.Log, options), HealthOf);
        return new SqlParts(worker, engine);
    }

    private static ConnectWorker WorkerOf(PartHost host, SqlPlan plan) =>
        new(plan.Log, new Secrets(plan.Secrets), plan.Broker, plan.HasMoved, loggers: host.Loggers);

    private static SqlEngineOptions OptionsOf(SqlPlan plan, ConnectWorker worker)
    {
        var options = new SqlEngineOptions
        {
            Connectors = new WorkerConnectors(worker),
            KeepsState = plan.KeepsState,
            Threads = plan.Threads,
        };
        return plan.Observer is { } observer ? options with { Observer = observer } : options;
    }

    private static PartHealth HealthOf(ILog log) => log.Problem is { } problem ? PartHealth.Bad(problem) : PartHealth.Good;

    private static PartHealth HealthOf(ConnectWorker worker) =>
        worker.List().FirstOrDefault(connector => connector.State == ConnectorState.Failed) is { } failed
            ? PartHealth.Bad($"connector '{failed.Name}' has failed: {failed.Trace}")
            : PartHealth.Good;

    private static PartHealth HealthOf(SqlEngine engine) =>
        engine.Snapshot().Queries.FirstOrDefault(query => query.State == QueryState.Error) is { } failed
            ? PartHealth.Bad($"query {failed.Id} has failed: {failed.LastError}")
            : PartHealth.Good;
}
