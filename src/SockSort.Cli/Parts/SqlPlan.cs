using SockSort.Log;
using SockSort.Mqtt.Broker;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Cli.Parts;

/// <summary>What connectors and SQL are to be started with.</summary>
internal sealed record SqlPlan
{
    /// <summary>Where records lie; started before.</summary>
    public required ILog Log { get; init; }

    /// <summary>The broker in this process; null where there is none.</summary>
    public EmbeddedBroker? Broker { get; init; }

    /// <summary>Folder below which <c>${file:…}</c> in connectors' settings is looked up; null = nowhere.</summary>
    public string? Secrets { get; init; }

    /// <summary>The data folder was moved here and is used nowhere else.</summary>
    public bool HasMoved { get; init; }

    /// <summary>Whether queries keep their state and go on where they were.</summary>
    public bool KeepsState { get; init; }

    /// <inheritdoc cref="SqlEngineOptions.Threads"/>
    public int Threads { get; init; } = 1;

    /// <summary>Told of what queries do; null = nobody.</summary>
    public IEngineObserver? Observer { get; init; }
}
