using System.Threading.Channels;

namespace SockSort.Log.Sqlite.Writing;

/// <summary>Groups the commits of concurrent callers; one thread stores each group in one transaction. Thread-safe.</summary>
internal sealed class CommitQueue
{
    // Bounds of the queue and of one transaction; when the queue is full, callers wait.
    private const int MaxWaitingRequests = 8192;
    private const int MaxGroupRecords = 50_000;
    private const long MaxGroupBytes = 16 << 20;

    // How often retention is checked in a log that nobody writes.
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromSeconds(10);

    private readonly Channel<WriteRequest> _requests = Channel.CreateBounded<WriteRequest>(
        new BoundedChannelOptions(MaxWaitingRequests)
        {
            SingleReader = true,
            // A commit wakes the writer itself. By way of the pool, whose threads may all be busy, it would wait for nothing.
            AllowSynchronousContinuations = true,
        });

    private readonly string _directory;
    private readonly GroupWriter _writer;
    private readonly Action _committed;
    private readonly Checkpointer _checkpointer;
    private readonly ITimer _retentionTimer;
    private readonly Task _loop;

    /// <param name="directory">The data folder.</param>
    /// <param name="writer">Stores the groups; used by the queue's thread only.</param>
    /// <param name="committed">Called on that thread after each group, and at the end; must not wait for anything.</param>
    /// <param name="clock">The clock that retention is checked by.</param>
    public CommitQueue(string directory, GroupWriter writer, Action committed, TimeProvider clock)
    {
        (_directory, _writer, _committed) = (directory, writer, committed);
        _checkpointer = new Checkpointer(directory);
        _retentionTimer = clock.CreateTimer(_ => _requests.Writer.TryWrite(WriteRequest.Tick), state: null,
            RetentionInterval, RetentionInterval);
        _loop = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Queues the commit before it returns the task, so that commits are stored in the order of the calls.</summary>
    /// <exception cref="LogException">The commit is invalid or could not be stored, or the log is closed.</exception>
    public async Task<long[]> AddAsync(LogCommit commit, CancellationToken cancellationToken) =>
        await AddAsync(WriteRequest.Of(commit), cancellationToken);

    /// <summary>The same as <see cref="AddAsync(LogCommit, CancellationToken)"/>, but does not use a thread of the pool.</summary>
    public long[] Add(LogCommit commit)
    {
        var request = WriteRequest.Of(commit);
        return (_requests.Writer.TryWrite(request) ? request.Done : AddAsync(request, CancellationToken.None)).GetAwaiter().GetResult();
    }

    /// <summary>Accepts no further commits and stores those that were accepted.</summary>
    /// <returns>False if the queue was closed before.</returns>
    public async Task<bool> EndAsync()
    {
        var isFirst = _requests.Writer.TryComplete();
        await _loop;
        if (!isFirst)
            return false;
        await _retentionTimer.DisposeAsync();
        _committed();
        _checkpointer.Dispose();
        return true;
    }

    private async Task<long[]> AddAsync(WriteRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (!_requests.Writer.TryWrite(request))
                await _requests.Writer.WriteAsync(request, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw LogErrors.Closed(_directory);
        }
        return await request.Done.WaitAsync(cancellationToken);
    }

    private void WriteLoop()
    {
        var group = new List<WriteRequest>();
        while (_requests.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            TakeGroup(group);
            if (group.Count > 0 && _writer.Write(group))
            {
                _committed();
                if (_checkpointer.Committed(group.Sum(request => request.LengthBytes)))
                    _writer.Checkpoint();
            }
            group.Clear();
            if (_writer.ApplyRetention())
                _ = _requests.Writer.TryWrite(WriteRequest.Tick);
        }
    }

    private void TakeGroup(List<WriteRequest> group)
    {
        var (records, lengthBytes) = (0, 0L);
        while (records < MaxGroupRecords && lengthBytes < MaxGroupBytes && _requests.Reader.TryRead(out var request))
        {
            if (ReferenceEquals(request, WriteRequest.Tick))
                continue;
            group.Add(request);
            records += request.RecordCount;
            lengthBytes += request.LengthBytes;
        }
    }
}
