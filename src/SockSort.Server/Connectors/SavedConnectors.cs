using SockSort.Connect.Classes;
using SockSort.Connect.Worker;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Connectors;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using ConnectorInfo = SockSort.Connect.Worker.ConnectorInfo;

namespace SockSort.Server.Connectors;

/// <summary>
/// Creates, changes and removes connectors by the statements that SQL clients would send. So both kinds of clients see the same connectors,
/// and all of them outlive the process.
/// </summary>
internal sealed class SavedConnectors(ConnectWorker worker, CommandLog commands)
{
    public ConnectWorker Worker => worker;

    /// <param name="initial">The initial state: running, paused or stopped.</param>
    /// <exception cref="ConnectRestException">The name is taken, or the configuration can't be used.</exception>
    public async Task<ConnectorInfo> CreateAsync(
        string name, IReadOnlyDictionary<string, string> settings, ConnectorState initial, CancellationToken cancellation)
    {
        if (name.Length > 0 && worker.Find(name) is not null)
            throw ConnectRestErrors.Exists(name);
        Check(name, settings);
        // It must not start before it is paused.
        if (initial != ConnectorState.Running)
            await worker.StopAheadAsync(name);
        try
        {
            await RunAsync(ConnectorText.Create(name, IsSource(name, settings), settings), cancellation);
        }
        finally
        {
            await worker.ForgetStopAheadAsync(name);
        }
        if (initial == ConnectorState.Paused)
            await PauseAsync(name, cancellation);
        return Find(name);
    }

    /// <exception cref="ConnectRestException">There is no connector of this name, or the configuration can't be used.</exception>
    public async Task<ConnectorInfo> ReplaceAsync(
        string name, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        var now = Find(name);
        Check(name, settings);
        if (now.Configuration.Count == settings.Count && !now.Configuration.Except(settings).Any())
            return now;
        var statement = (CreateConnector)Parse(ConnectorText.Create(name, IsSource(name, settings), settings));
        await commands.ReplaceConnectorAsync(statement, keep => worker.ReplaceAsync(name, settings, keep, cancellation), cancellation);
        return Find(name);
    }

    public Task DropAsync(string name, CancellationToken cancellation) => RunAsync(ConnectorText.Drop(name), cancellation);

    public Task PauseAsync(string name, CancellationToken cancellation) =>
        RunAsync(ConnectorText.Control(ConnectorAction.Pause, name), cancellation);

    public Task ResumeAsync(string name, CancellationToken cancellation) =>
        RunAsync(ConnectorText.Control(ConnectorAction.Resume, name), cancellation);

    /// <exception cref="ConnectRestException">There is no connector of this name.</exception>
    public ConnectorInfo Find(string name) => worker.Find(name) ?? throw ConnectRestErrors.NotFound(name);

    /// <exception cref="ConnectRestException">The configuration names no known class.</exception>
    public IReadOnlyList<string> ErrorsIn(string name, IReadOnlyDictionary<string, string> settings)
    {
        var checks = ConfigEntities.CheckOf(worker.Plugins, name, settings);
        return [.. checks.Where(check => check.Error is not null).Select(ConfigEntities.ErrorOf)];
    }

    private void Check(string name, IReadOnlyDictionary<string, string> settings)
    {
        if (settings.TryGetValue("name", out var other) && other != name)
            throw ConnectRestErrors.OtherName(other, name);
        var errors = ErrorsIn(name, settings);
        if (name.Length == 0)
            errors = [.. errors, "Invalid value  for configuration name: String may not be empty"];
        if (errors.Count > 0)
            throw ConnectRestErrors.Invalid(errors);
    }

    private bool IsSource(string name, IReadOnlyDictionary<string, string> settings) =>
        worker.Plugins.KindOf(name, settings) == ConnectorKind.Source;

    private Task RunAsync(string statement, CancellationToken cancellation) =>
        commands.ExecuteAsync(Parse(statement), new SqlSession(), cancellation);

    private static Statement Parse(string statement) => SqlParser.Parse(new SourceText("connect", statement))[0];
}
