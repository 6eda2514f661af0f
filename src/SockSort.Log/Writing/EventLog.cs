using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace SockSort.Log;

/// <summary>
/// The durable log of one data folder: topics of records, the offsets that consumers have reached, and their state. One
/// process writes it; any number read it (<see cref="LogReader.Open"/>). Thread-safe.
/// </summary>
/// <remarks>
/// Group commit: what callers have in flight is collected into one transaction with one sync of the disk, so a stream of
/// single appends is stored in batches. An append is on disk when its task completes; requests are stored in the order in
/// which the calls were made.
/// </remarks>
public sealed class EventLog : IAsyncDisposable, IDisposable
{
    /// <summary>Of the counters of what retention has removed.</summary>
    public const string MeterName = "SockSort.Log";

    // The bounds of what waits in memory and of one transaction; beyond the first, appending callers wait.
    private const int MaxWaitingRequests = 8192;
    private const int MaxGroupRecords = 50_000;
    private const long MaxGroupBytes = 16 << 20;

    // How often a log that nobody writes looks at what is beyond its retention.
    private static readonly TimeSpan RetentionPause = TimeSpan.FromSeconds(10);

    private readonly WriterLock _lock;
    private readonly GroupWriter _writer;
    private readonly Checkpointer _checkpointer;
    private readonly CommitSignal _signal = new();
    private readonly Task _loop;
    private readonly ITimer _retentionTimer;
    private readonly LogMeter _meter;
    private readonly Channel<WriteRequest> _requests = Channel.CreateBounded<WriteRequest>(
        new BoundedChannelOptions(MaxWaitingRequests) { SingleReader = true });

    private EventLog(string directory, WriterLock @lock, TimeProvider clock)
    {
        Directory = directory;
        _lock = @lock;
        var connection = LogFile.OpenForWriting(directory);
        try
        {
            Id = LogFile.IdOf(connection);
            _writer = new GroupWriter(connection, LogFile.PathIn(directory), clock);
            Reader = new LogReader(directory, _signal);
            _checkpointer = new Checkpointer(directory);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        _retentionTimer = clock.CreateTimer(_ => _requests.Writer.TryWrite(WriteRequest.Tick), state: null, RetentionPause, RetentionPause);
        _meter = new(directory, () => Removed);
        _loop = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Absolute path of the data folder.</summary>
    public string Directory { get; }

    /// <summary>32 hexadecimal digits, made with the log: it stays the same at every start and wherever the folder is moved.</summary>
    public string Id { get; }

    /// <summary>What retention has removed since the log was opened, and why it cannot at the moment.</summary>
    public RetentionProgress Removed => _writer.Removed;

    /// <summary>Reads what this log has committed; wakes without delay. Closed together with the log.</summary>
    public LogReader Reader { get; }

    /// <summary>Opens the folder's log for writing; folder and files are made where they lack.</summary>
    /// <param name="clock">Gives records without a timestamp theirs; the system's by default.</param>
    /// <exception cref="LogException">
    /// Another process writes it (the message names it), the file is damaged, newer than this program, or can't be made.
    /// </exception>
    public static EventLog Open(string directory, TimeProvider? clock = null)
    {
        directory = Path.GetFullPath(directory);
        WriterLock? held = null;
        try
        {
            _ = System.IO.Directory.CreateDirectory(directory);
            held = WriterLock.Take(directory);
            return new EventLog(directory, held, clock ?? TimeProvider.System);
        }
        catch (Exception error)
        {
            held?.Dispose();
            if (error is IOException or UnauthorizedAccessException)
                throw LogErrors.Folder(directory, error);
            throw;
        }
    }

    /// <exception cref="LogException">The name is not allowed for a topic (<see cref="LogErrorKind.WrongRequest"/>).</exception>
    public static void CheckTopicName(string topic) => Topics.CheckName(topic);

    /// <summary>A reader with a connection of its own, for a consumer that should not wait for the others.</summary>
    public LogReader OpenReader() => new(Directory, _signal);

    /// <summary>Makes a topic; one that exists with as many partitions is left as it is.</summary>
    /// <param name="partitions">1 to 1024.</param>
    /// <param name="retention">How much of it is kept; null leaves that as it is, everything where the topic is new.</param>
    /// <exception cref="LogException">The name or the retention is not allowed, or the topic exists with another number of partitions.</exception>
    public async Task CreateTopicAsync(string topic, int partitions = 1, TopicRetention? retention = null, CancellationToken cancellationToken = default)
    {
        var transaction = BeginTransaction();
        transaction.CreateTopic(topic, partitions);
        if (retention is not null)
            transaction.SetRetention(topic, retention);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Says how much of a topic is kept, whether or not another process writes the log; that process sees it within seconds.</summary>
    /// <exception cref="LogException">There is no such log or topic, it cannot be written, or a bound is not above 0.</exception>
    public static void SetRetention(string directory, string topic, TopicRetention retention)
    {
        retention.Check(topic);
        using (var reader = LogReader.Open(directory))
            _ = reader.PartitionsOf(topic);
        try
        {
            using var connection = LogFile.OpenForWriting(directory);
            RetentionQueries.Set(connection, connection.Scalar("SELECT id FROM topics WHERE name = $topic", ("$topic", topic)), retention);
        }
        catch (SqliteException error)
        {
            throw LogErrors.From(error, LogFile.PathIn(directory));
        }
    }

    /// <summary>Stores one record; the topic is made, with one partition, where it lacks.</summary>
    /// <returns>The record's offset, once it is on disk.</returns>
    /// <exception cref="LogException">Nothing was stored: the request is wrong or the disk failed or is full.</exception>
    public Task<long> AppendAsync(string topic, NewRecord record, int partition = 0, CancellationToken cancellationToken = default) =>
        AppendAsync(topic, [record], partition, cancellationToken);

    /// <summary>Stores records one after the other, all or none.</summary>
    /// <returns>The offset of the first, once all are on disk.</returns>
    /// <inheritdoc cref="AppendAsync(string, NewRecord, int, CancellationToken)"/>
    public async Task<long> AppendAsync(
        string topic, IReadOnlyList<NewRecord> records, int partition = 0, CancellationToken cancellationToken = default)
    {
        var transaction = BeginTransaction();
        transaction.Append(topic, records, partition);
        return (await transaction.CommitAsync(cancellationToken))[0];
    }

    /// <summary>As <see cref="AppendAsync(string, IReadOnlyList{NewRecord}, int, CancellationToken)"/>, blocking the caller until durable.</summary>
    public long Append(string topic, IReadOnlyList<NewRecord> records, int partition = 0)
    {
        var transaction = BeginTransaction();
        transaction.Append(topic, records, partition);
        return transaction.Commit()[0];
    }

    /// <summary>Collects appends, consumer offsets and state that become durable together.</summary>
    public LogTransaction BeginTransaction() => new(this);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Stores what was accepted, then closes the files and lets another process write.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_requests.Writer.TryComplete())
        {
            await _loop;
            return;
        }
        _meter.Dispose();
        await _retentionTimer.DisposeAsync();
        await _loop;
        _signal.Raise();
        _checkpointer.Dispose();
        Reader.Dispose();
        _writer.Dispose();
        _lock.Dispose();
    }

    /// <summary>Queues the request before it returns its task, so that calls are stored in their order.</summary>
    internal async Task<long[]> CommitAsync(WriteRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (!_requests.Writer.TryWrite(request))
                await _requests.Writer.WriteAsync(request, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw LogErrors.Closed(Directory);
        }
        return await request.Done.WaitAsync(cancellationToken);
    }

    /// <summary>As <see cref="CommitAsync"/>, without a thread of the pool in between.</summary>
    internal long[] Commit(WriteRequest request) =>
        (_requests.Writer.TryWrite(request) ? request.Done : CommitAsync(request, CancellationToken.None)).GetAwaiter().GetResult();

    /// <summary>Bounds the file's size, as a full disk does; for tests.</summary>
    internal void LimitPages(int pages) => _writer.LimitPages(pages);

    private void WriteLoop()
    {
        var group = new List<WriteRequest>();
        while (_requests.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            TakeGroup(group);
            if (group.Count > 0 && _writer.Write(group))
            {
                _signal.Raise();
                if (_checkpointer.Committed(group.Sum(request => request.LengthBytes)))
                    _writer.Checkpoint();
            }
            group.Clear();
            if (_writer.KeepRetention())
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
