using SockSort.Shared;
using SockSort.Sql.Engine.Connectors;

namespace SockSort.Sql.Engine.Tests;

/// <summary>Remembers what it was asked for, and what reaches a broker.</summary>
internal sealed class FakeConnectors : IConnectors
{
    public Dictionary<string, IReadOnlyDictionary<string, string>> Made { get; } = [];

    public HashSet<string> Paused { get; } = [];

    /// <summary>In their order: <c>create c</c>, <c>restore c</c>, <c>drop c</c>, <c>end c</c>, <c>pause c</c>, ….</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Why a connector is in state FAILED.</summary>
    public string? Trace { get; set; }

    public Task<IReadOnlyList<string>> CreateAsync(
        string name, bool isSource, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation) =>
        MakeAsync($"create {name}", name, settings);

    public Task<IReadOnlyList<string>> RestoreAsync(
        string name, bool isSource, IReadOnlyDictionary<string, string> settings, bool isPaused, CancellationToken cancellation)
    {
        if (isPaused)
            _ = Paused.Add(name);
        return MakeAsync($"restore {name}{(isPaused ? " paused" : "")}", name, settings);
    }

    public Task<IDroppedConnector?> DropAsync(string name, CancellationToken cancellation)
    {
        Calls.Add($"drop {name}");
        _ = Paused.Remove(name);
        return Task.FromResult<IDroppedConnector?>(Made.Remove(name) ? new Dropped(this, name) : null);
    }

    public Task<bool> PauseAsync(string name, CancellationToken cancellation)
    {
        _ = Paused.Add(name);
        return CallAsync($"pause {name}", name);
    }

    public Task<bool> ResumeAsync(string name, CancellationToken cancellation)
    {
        _ = Paused.Remove(name);
        return CallAsync($"resume {name}", name);
    }

    public Task<bool> RestartAsync(string name, CancellationToken cancellation) => CallAsync($"restart {name}", name);

    public IReadOnlyList<ConnectorInfo> List() =>
        [
            .. Made.Select(
                made =>
                    new ConnectorInfo(made.Key, "source", made.Value["connector.class"], StateOf(made.Key), made.Value, [])
                    {
                        Trace = Trace,
                    }),
        ];

    public IReadOnlyList<(string ClassName, string Kind)> Plugins() => [("io.confluent.connect.mqtt.MqttSourceConnector", "source")];

    private string StateOf(string name)
    {
        if (Trace is not null)
            return ConnectorInfo.Failed;
        return Paused.Contains(name) ? "PAUSED" : "RUNNING";
    }

    private Task<IReadOnlyList<string>> MakeAsync(string call, string name, IReadOnlyDictionary<string, string> settings)
    {
        Calls.Add(call);
        return Made.TryAdd(name, settings)
            ? Task.FromResult<IReadOnlyList<string>>([])
            : throw new NameTakenException(name);
    }

    private Task<bool> CallAsync(string call, string name)
    {
        Calls.Add(call);
        return Task.FromResult(Made.ContainsKey(name));
    }

    private sealed class Dropped(FakeConnectors connectors, string name) : IDroppedConnector
    {
        public string Name => name;

        public Task<string?> EndAsync(CancellationToken cancellation)
        {
            if (!connectors.Made.ContainsKey(name))
                connectors.Calls.Add($"end {name}");
            return Task.FromResult<string?>(null);
        }
    }

    private sealed class NameTakenException(string name) : ExpectedException($"connector '{name}' exists")
    {
        public override string Code => "name-taken";
    }
}
