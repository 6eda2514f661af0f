using SockSort.Connect.Classes;
using SockSort.Connect.Worker;
using SockSort.Edge.Cameras;
using SockSort.Host.Parts;
using SockSort.Mqtt;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;

namespace SockSort.Dashboard.Watching;

/// <summary>Looks at every step of a sock's way, from the camera to the queries. Thread-safe.</summary>
internal sealed class HealthWatch(DashboardParts parts)
{
    // However many pages are open, the steps are looked at once in this time.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(900);

    private readonly Lock _gate = new();
    private readonly Rates _rates = new(parts.Time);
    private IReadOnlyList<HealthStep> _latest = [];
    private long _lookedAt;

    /// <summary>The steps in the order in which a sock passes them.</summary>
    public IReadOnlyList<HealthStep> Steps()
    {
        lock (_gate)
        {
            if (_lookedAt == 0 || parts.Time.GetElapsedTime(_lookedAt) > Lifetime)
                (_latest, _lookedAt) = (Look(), parts.Time.GetTimestamp());
            return _latest;
        }
    }

    private List<HealthStep> Look() =>
    [
        .. parts.Cameras.All.Select(CameraStep),
        .. parts.Cameras.All.Select(ModelStep),
        .. parts.Cameras.All.Select(PublisherStep),
        .. BrokerSteps(),
        .. parts.Worker.List().Select(ConnectorStep),
        LogStep(),
        .. parts.Engine.Snapshot().Queries.Where(query => query.Sink is not null).Select(QueryStep),
        .. parts.Host.Parts.Where(part => !part.Health.IsHealthy && IsOther(part)).Select(OtherStep),
    ];

    private HealthStep CameraStep(WatchedCamera camera)
    {
        var (counts, status) = (camera.Runner.Counts, camera.Runner.CameraStatus);
        var (state, said, advice) = status.State switch
        {
            CameraState.Live => (StepState.Good, "live", null),
            CameraState.Ended => (StepState.Waiting, "ended", "The source has given its last frame; start SockSort again, or let it loop."),
            CameraState.Waiting => (StepState.Waiting, "waiting", camera.Phone is null ? HealthAdvice.NewCamera : HealthAdvice.Phone),
            _ => (StepState.Bad, "away", camera.Phone is null ? HealthAdvice.Camera : HealthAdvice.Phone),
        };
        return new HealthStep("Camera", camera.Name, state, said,
            [
                new("frames", Shown.Rate(counts.FramesPerSecond)), new("in all", Shown.Count(counts.Frames)),
                new("overtaken", Shown.Count(counts.Camera.Dropped)), new("unreadable", Shown.Count(counts.Camera.Skipped)),
                new("opened again", Shown.Count(counts.Camera.Reopened)),
            ],
            status.Problem, advice);
    }

    private static HealthStep ModelStep(WatchedCamera camera)
    {
        var counts = camera.Runner.Counts;
        var isBehind = counts.Camera.Dropped > counts.Frames / 10;
        return new HealthStep("Model", $"for camera {camera.Name}", StepState.Good, counts.Frames == 0 ? "idle" : "answers",
            [
                new("a frame takes", Shown.Milliseconds(camera.Runner.ModelTime)),
                new("frames", Shown.Count(counts.Frames)),
            ],
            Problem: null, isBehind ? HealthAdvice.SlowModel : null);
    }

    private HealthStep PublisherStep(WatchedCamera camera)
    {
        var status = camera.Runner.Counts.Publisher;
        var isConnected = status.State == ConnectionState.Connected;
        return new HealthStep("Messages", $"of camera {camera.Name}", StateOf(isConnected),
            isConnected ? "connected" : "not connected",
            [
                new("acknowledged", Shown.Rate(_rates.Of($"publisher {camera.Name}", status.Acknowledged))),
                new("in all", Shown.Count(status.Acknowledged)), new("waiting", Shown.Count(status.Waiting + status.InFlight)),
                new("lost", Shown.Count(status.Lost)),
            ],
            isConnected ? status.LastRejection : status.LastError,
            isConnected ? null : HealthAdvice.Broker);
    }

    private IEnumerable<HealthStep> BrokerSteps()
    {
        if (parts.Broker is not { } broker)
            yield break;
        var counts = broker.Counts;
        yield return new HealthStep("Broker", "", broker.Problem is null ? StepState.Good : StepState.Bad,
            broker.Problem is null ? "serves" : "in trouble",
            [
                new("received", Shown.Rate(_rates.Of("broker", counts.Received))), new("in all", Shown.Count(counts.Received)),
                new("clients", Shown.Count(counts.Connections)), new("not stored", Shown.Count(counts.StoreFailed)),
                new("missed by slow clients", Shown.Count(counts.QueueDropped)),
            ],
            broker.Problem ?? counts.LastStoreError, broker.Problem is null ? null : HealthAdvice.OwnBroker);
    }

    private HealthStep ConnectorStep(ConnectorInfo connector)
    {
        var (state, advice) = connector.State switch
        {
            ConnectorState.Running => (StepState.Good, null),
            ConnectorState.Failed => (StepState.Bad, HealthAdvice.Connector),
            ConnectorState.Paused or ConnectorState.Stopped => (StepState.Waiting, HealthAdvice.Paused),
            _ => (StepState.Waiting, null),
        };
        return new HealthStep("Connector", connector.Name, state, $"{connector.State}".ToLowerInvariant(),
            [
                new("stored", Shown.Rate(_rates.Of($"connector {connector.Name}", connector.Counts.Stored))),
                new("in all", Shown.Count(connector.Counts.Stored)),
                new("not yet stored", Shown.Count(Math.Max(0, connector.Counts.Received - connector.Counts.Stored))),
                new("dead letters", Shown.Count(connector.Counts.DeadLetters)),
            ],
            connector.Trace ?? connector.LastError, advice);
    }

    private HealthStep LogStep()
    {
        var partitions = parts.Log.Topics().SelectMany(topic => parts.Log.PartitionsOf(topic.Name)).ToList();
        var appended = partitions.Sum(partition => partition.EndOffset);
        var problem = parts.Log.Problem;
        return new HealthStep("Log", "", StateOf(problem is null), problem is null ? "stores" : "cannot store",
            [
                new("appended", Shown.Rate(_rates.Of("log", appended))), new("records", Shown.Count(partitions.Sum(part => part.Records))),
                new("size", Shown.Bytes(partitions.Sum(partition => partition.LengthBytes ?? 0))),
                new("free on its disk", FreeSpace(parts.Log.Directory)),
            ],
            problem, problem is null ? null : HealthAdvice.Log);
    }

    private HealthStep QueryStep(QueryInfo query)
    {
        var (state, advice) = query.State switch
        {
            QueryState.Running => (StepState.Good, null),
            QueryState.Paused => (StepState.Waiting, HealthAdvice.PausedQuery),
            _ => (StepState.Bad, query.RetryAt is null ? HealthAdvice.Query : HealthAdvice.RetriedQuery),
        };
        return new HealthStep("Query", $"{query.Sink} ({query.Id})", state, $"{query.State}".ToLowerInvariant(),
            [
                new("reads", Shown.Rate(_rates.Of($"query {query.Id}", query.Metrics.Read))), new("read", Shown.Count(query.Metrics.Read)),
                new("written", Shown.Count(query.Metrics.Written)), new("lag", Shown.Count(query.Lag())),
                new("left out", Shown.Count(query.Metrics.Skipped + query.Metrics.Late)), new("remembers", Shown.Bytes(query.StateBytes)),
            ],
            query.LastError, advice);
    }

    /// <summary>The free space where a folder lies; a dash where that is not known.</summary>
    private static string FreeSpace(string? folder)
    {
        try
        {
            return folder is null ? "–" : Shown.Bytes(new DriveInfo(folder).AvailableFreeSpace);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "–";
        }
    }

    private static StepState StateOf(bool isGood) => isGood ? StepState.Good : StepState.Bad;

    private static HealthStep OtherStep(PartStatus part) =>
        new("Part", part.Name, StepState.Bad, "in trouble", [], part.Health.Problem, HealthAdvice.Part);

    /// <summary>Whether no step above tells of the part already.</summary>
    private static bool IsOther(PartStatus part) =>
        part.Name is not ("log" or "broker" or "connectors" or "SQL engine")
        && !part.Name.StartsWith("camera ", StringComparison.Ordinal) && !part.Name.StartsWith("publisher ", StringComparison.Ordinal);
}
