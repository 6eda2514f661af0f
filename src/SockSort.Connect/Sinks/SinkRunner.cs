using SockSort.Connect.Classes;
using SockSort.Log;

namespace SockSort.Connect.Sinks;

/// <summary>
/// Reads topics of the log and passes their records to a sink's task: at least once, in the order of each partition. Offsets are committed
/// when the task has made the records durable; after an error, and at a start, reading resumes at the committed offsets.
/// </summary>
internal sealed class SinkRunner : IConnectorTask
{
    private static readonly byte[] StateKey = "sink"u8.ToArray();
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestAskedPause = TimeSpan.FromHours(1);

    private readonly IReadOnlyList<string> _topics;
    private readonly ConnectorPlace _place;
    private readonly Func<byte[]?, ISinkTask> _open;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private long _read;
    private long _put;
    private long _told;
    private volatile string? _failure;
    private volatile string? _lastError;
    private volatile bool _isOpen;
    private bool _hasTold;

    // After an error records are passed one by one at first, so that those around the one at fault are not delivered again and again.
    private int _most = int.MaxValue;

    /// <param name="connector">The connector's name.</param>
    /// <param name="open">Opens the task with the state that was committed with the last offsets; null for none.</param>
    public SinkRunner(string connector, IReadOnlyList<string> topics, ConnectorPlace place, Func<byte[]?, ISinkTask> open)
    {
        Consumer = ConsumerOf(connector);
        (_topics, _place, _open) = (topics, place, open);
        _running = Task.Run(RunAsync);
    }

    public event Action? Changed;

    /// <summary>The consumer name under which the log keeps offsets and state.</summary>
    public string Consumer { get; }

    public TaskProgress Progress => new(
        StateNow(),
        new ConnectorCounts
        {
            Received = Interlocked.Read(ref _read),
            Stored = Interlocked.Read(ref _put),
            DeadLetters = Interlocked.Read(ref _told),
        },
        _failure,
        _lastError);

    /// <summary>Returns the name that Kafka Connect gives to the consumer group of a sink.</summary>
    public static string ConsumerOf(string connector) => $"connect-{connector}";

    /// <summary>Stops reading. Records that were delivered but not committed are delivered again at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private ConnectorState StateNow()
    {
        if (_failure is not null)
            return ConnectorState.Failed;
        return _isOpen ? ConnectorState.Running : ConnectorState.Unassigned;
    }

    private async Task RunAsync()
    {
        var pause = new GrowingPause(FirstPause, LongestPause);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await using var task = _open(_place.Log.FindState(Consumer, StateKey));
                // The state of the destination is committed before the first record is delivered, so that what was there already is kept.
                await CommitAsync(task, [], carried: 0);
                _isOpen = true;
                await CarryAsync(task, () =>
                {
                    pause.Reset();
                    Become(failure: null);
                });
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                // The sink is being stopped.
            }
            catch (Exception error)
            {
                // Any error is reported and retried after a pause, so that the sink heals by itself.
                _most = 1;
                Become(_lastError = error.Message);
                var wait = PauseAfter(error, pause.Take());
                await Task.Delay(wait, _place.Clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static TimeSpan PauseAfter(Exception error, TimeSpan pause)
    {
        if ((error as ConnectException)?.RetryAfter is not { } asked || asked < pause)
            return pause;
        return asked < LongestAskedPause ? asked : LongestAskedPause;
    }

    private void Become(string? failure)
    {
        var isNews = _failure != failure || !_hasTold;
        (_failure, _hasTold) = (failure, true);
        if (isNews)
            Changed?.Invoke();
    }

    /// <param name="succeeded">Called when records were delivered, or there are none to deliver.</param>
    private async Task CarryAsync(ISinkTask task, Action succeeded)
    {
        var places = new Dictionary<(string Topic, int Partition), long>();
        while (true)
        {
            var version = _place.Log.Version;
            AddNew(places);
            var carried = 0;
            foreach (var place in places.Keys.ToList())
                carried += await CarryAsync(task, place, places);
            if (carried > 0)
            {
                await CommitAsync(task, places, carried);
                _most = (int)Math.Min(_most * 2L, int.MaxValue);
            }
            succeeded();
            if (carried == 0)
                await WaitAsync(task, version);
        }
    }

    /// <summary>Waits until there may be new records; fails where the destination is lost meanwhile.</summary>
    private async Task WaitAsync(ISinkTask task, long version)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var change = _place.Log.WaitForChangeAsync(version, ending.Token);
        var first = await Task.WhenAny(change, task.Gone);
        await ending.CancelAsync();
        await first;
    }

    /// <summary>
    /// Adds the partitions that are new: a topic may be created after its sink, and one that was deleted and created again starts at its
    /// first record.
    /// </summary>
    private void AddNew(Dictionary<(string Topic, int Partition), long> places)
    {
        foreach (var topic in _topics)
        {
            var partitions = _place.Log.FindTopic(topic)?.Partitions ?? 0;
            for (var partition = 0; partition < partitions; partition++)
            {
                var isKnown = places.TryGetValue((topic, partition), out var next);
                if (!isKnown || next > _place.Log.EndOffset(topic, partition))
                    places[(topic, partition)] = _place.Log.CommittedOffset(Consumer, topic, partition)
                        ?? _place.Log.FirstOffset(topic, partition);
            }
        }
    }

    /// <returns>The number of records read.</returns>
    private async Task<int> CarryAsync(
        ISinkTask task, (string Topic, int Partition) place, Dictionary<(string Topic, int Partition), long> places)
    {
        var records = _place.Log.Read(place.Topic, place.Partition, places[place], Math.Min(task.MostAtOnce, _most));
        if (records.Count == 0)
            return 0;
        _ = Interlocked.Add(ref _read, records.Count);
        await task.PutAsync(place.Topic, records, _stopping.Token);
        places[place] = records[^1].Offset + 1;
        return records.Count;
    }

    private async Task CommitAsync(ISinkTask task, Dictionary<(string Topic, int Partition), long> places, int carried)
    {
        var state = await task.FlushAsync(_stopping.Token);
        var letters = task.TakeLetters();
        _ = await _place.Log.CommitAsync(
            new LogCommit
            {
                Appends = letters,
                Offsets = [.. places.Select(place => new ConsumedOffset(Consumer, place.Key.Topic, place.Key.Partition, place.Value))],
                States = state is null ? [] : [new StateChange(Consumer, StateKey, state)],
            },
            CancellationToken.None);
        var told = letters.Sum(append => append.Records.Count);
        _ = Interlocked.Add(ref _put, carried - told);
        _ = Interlocked.Add(ref _told, told);
    }
}
