using Microsoft.Extensions.Logging;
using SockSort.Connect.Worker;
using SockSort.Edge.Kept;
using SockSort.Host.Parts;
using SockSort.Log;
using SockSort.Mqtt.Broker;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Commands;
using SockSort.Teaching.Sessions;

namespace SockSort.Dashboard.Watching;

/// <summary>The parts of the process that the dashboard shows and controls; it owns none of them.</summary>
public sealed record DashboardParts
{
    /// <summary>All parts with their health.</summary>
    public required PartHost Host { get; init; }

    /// <summary>The log whose topics are browsed.</summary>
    public required ILog Log { get; init; }

    /// <summary>The engine whose queries are shown, started.</summary>
    public required SqlEngine Engine { get; init; }

    /// <summary>Runs statements, and keeps those that outlive the process.</summary>
    public required CommandLog Commands { get; init; }

    /// <summary>The connectors.</summary>
    public required ConnectWorker Worker { get; init; }

    /// <summary>The broker of the process; null where cameras publish to another one.</summary>
    public EmbeddedBroker? Broker { get; init; }

    /// <summary>Folder of the socks' pictures, created when the first one is kept; null keeps them in memory only.</summary>
    public string? Pictures { get; init; }

    /// <summary>Teaching by one of the cameras; null where no folder of photos is given.</summary>
    public TeachingSession? Teaching { get; init; }

    /// <summary>The last frames of the cameras, for who names those that a correction is about; null where none are kept.</summary>
    public FrameStores? Frames { get; init; }

    /// <summary>The cameras; they may come after the dashboard.</summary>
    public WatchedCameras Cameras { get; } = new();

    /// <summary>Receive the dashboard's own mistakes.</summary>
    public ILoggerFactory Loggers => Host.Loggers;

    /// <summary>Clock for ages and rates.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
