using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect;

/// <summary>Holds connectors by name and keeps them running, as a Kafka Connect worker does. Thread-safe.</summary>
/// <param name="log">Where connectors write; the worker does not close it.</param>
/// <param name="secrets">Where <c>${file:…}</c> is looked up.</param>
/// <param name="broker">The broker in this process, if any: a connector with its address takes messages at its door.</param>
public sealed class ConnectWorker(EventLog log, Secrets secrets, EmbeddedBroker? broker = null) : IAsyncDisposable
{
    private static readonly string[] Classes = ["io.confluent.connect.mqtt.MqttSourceConnector"];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SortedDictionary<string, Connector> _connectors = new(StringComparer.Ordinal);

    /// <summary>The connector classes that <c>connector.class</c> may name, in full, by their last part, or by that without <c>Connector</c>.</summary>
    public static IReadOnlyList<string> Plugins => Classes;

    /// <summary>Makes a connector and starts it.</summary>
    /// <param name="configuration">Keys and values as for Kafka Connect; <c>name</c>, where it stands there, must be the same name.</param>
    /// <returns>How it stands; a broker that refuses it makes it <see cref="ConnectorState.Failed"/>, not an error.</returns>
    /// <exception cref="ConnectException">The name is taken, a key is missing, a value can't be used, a secret can't be found.</exception>
    public async Task<ConnectorInfo> CreateAsync(
        string name, IReadOnlyDictionary<string, string> configuration, CancellationToken cancellationToken = default)
    {
        CheckName(name, configuration);
        CheckClass(name, configuration);
        using var held = await HoldAsync(cancellationToken);
        if (_connectors.ContainsKey(name))
            throw ConnectErrors.NameTaken(name);
        var connector = new Connector(name, new Dictionary<string, string>(configuration), secrets, log, broker);
        connector.Start();
        _connectors.Add(name, connector);
        return connector.Info;
    }

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<ConnectorInfo>> ListAsync(CancellationToken cancellationToken = default)
    {
        using var held = await HoldAsync(cancellationToken);
        return [.. _connectors.Values.Select(connector => connector.Info)];
    }

    /// <summary>Null where there is none of this name.</summary>
    public async Task<ConnectorInfo?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        using var held = await HoldAsync(cancellationToken);
        return _connectors.GetValueOrDefault(name)?.Info;
    }

    /// <summary>
    /// Stops taking messages until <see cref="ResumeAsync"/>. Another broker keeps them meanwhile; the broker in this process
    /// acknowledges none of them, so their publishers keep them.
    /// </summary>
    /// <exception cref="ConnectException">There is none of this name.</exception>
    public Task PauseAsync(string name, CancellationToken cancellationToken = default) =>
        WithAsync(name, connector => connector.Info.State == ConnectorState.Paused ? Task.CompletedTask : connector.PauseAsync(), cancellationToken);

    /// <summary>Goes on after <see cref="PauseAsync"/> or <see cref="StopAsync"/>.</summary>
    /// <exception cref="ConnectException">There is none of this name, or its secrets are gone.</exception>
    public Task ResumeAsync(string name, CancellationToken cancellationToken = default) => WithAsync(name, connector =>
    {
        if (connector.Info.State is ConnectorState.Paused or ConnectorState.Unassigned)
            connector.Start();
        return Task.CompletedTask;
    }, cancellationToken);

    /// <summary>Starts it anew: secrets are read again, a failure is forgotten.</summary>
    /// <exception cref="ConnectException">There is none of this name, or its secrets are gone.</exception>
    public Task RestartAsync(string name, CancellationToken cancellationToken = default) => WithAsync(name, async connector =>
    {
        await connector.StopAsync();
        connector.Start();
    }, cancellationToken);

    /// <summary>Stops it and keeps its configuration.</summary>
    /// <exception cref="ConnectException">There is none of this name.</exception>
    public Task StopAsync(string name, CancellationToken cancellationToken = default) =>
        WithAsync(name, connector => connector.StopAsync(), cancellationToken);

    /// <summary>Stops and forgets it; what it has written stays.</summary>
    /// <exception cref="ConnectException">There is none of this name.</exception>
    public Task DeleteAsync(string name, CancellationToken cancellationToken = default) => WithAsync(name, async connector =>
    {
        await connector.DeleteAsync(cancellationToken);
        _ = _connectors.Remove(name);
    }, cancellationToken);

    /// <summary>Stops all; brokers elsewhere keep their sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        using var held = await HoldAsync(CancellationToken.None);
        foreach (var connector in _connectors.Values)
            await connector.StopAsync();
        _connectors.Clear();
    }

    private static void CheckName(string name, IReadOnlyDictionary<string, string> configuration)
    {
        if (name.Trim().Length == 0)
            throw ConnectErrors.Missing(name, ConnectorKeys.Name, "mqtt-source");
        if (configuration.TryGetValue(ConnectorKeys.Name, out var other) && other != name)
            throw ConnectErrors.Value(name, ConnectorKeys.Name, $"is '{other}'; leave it out or make it the connector's name");
    }

    private static void CheckClass(string name, IReadOnlyDictionary<string, string> configuration)
    {
        if (!configuration.TryGetValue(ConnectorKeys.Class, out var asked))
            throw ConnectErrors.Missing(name, ConnectorKeys.Class, Classes[0]);
        if (!Classes.Any(known => asked == known || asked == Last(known) || asked + "Connector" == Last(known)))
            throw ConnectErrors.UnknownClass(name, asked, Classes);
    }

    private static string Last(string className) => className[(className.LastIndexOf('.') + 1)..];

    private async Task WithAsync(string name, Func<Connector, Task> act, CancellationToken cancellationToken)
    {
        using var held = await HoldAsync(cancellationToken);
        await act(_connectors.GetValueOrDefault(name) ?? throw ConnectErrors.NotFound(name, _connectors.Keys));
    }

    private async Task<IDisposable> HoldAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        return new Held(_gate);
    }

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
