using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Log.Sqlite.Retention;
using SockSort.Log.Sqlite.Storage;
using SockSort.Log.Sqlite.Writing;

namespace SockSort.Log.Sqlite;

/// <summary>
/// The durable log of one data folder. One process writes it; any number of processes read it (<see cref="SqliteLogReader.Open"/>).
/// </summary>
/// <remarks>
/// Group commit: concurrent commits of several callers are stored in one transaction with one sync of the disk, so that a stream of
/// single appends is stored in batches. An append is on disk when its task completes.
/// </remarks>
public sealed class SqliteLog : ILog
{
    /// <summary>The name of the meter that counts what retention removes.</summary>
    public const string MeterName = "SockSort.Log";

    private readonly WriterLock _lock;
    private readonly GroupWriter _writer;
    private readonly CommitQueue _commits;
    private readonly CommitSignal _signal = new();
    private readonly SqliteLogReader _reader;
    private readonly LogMeter _meter;
    private readonly StorageLog _log;

    // Listing topics scans the whole log, and a single read may scan a whole topic: readers that fill a reusable batch must not wait for
    // those.
    private readonly SqliteLogReader _scanReader;

    private SqliteLog(string directory, WriterLock @lock, TimeProvider clock, ILoggerFactory loggers)
    {
        Directory = directory;
        _lock = @lock;
        _log = new StorageLog(loggers.CreateLogger<SqliteLog>(), directory, clock);
        var connection = LogFile.OpenForWriting(directory);
        try
        {
            Id = LogFile.IdOf(connection);
            _writer = new GroupWriter(connection, LogFile.PathIn(directory), clock, _log);
            _reader = new SqliteLogReader(directory, _signal, _log);
            _scanReader = new SqliteLogReader(directory, _signal, _log);
            _commits = new CommitQueue(directory, _writer, Committed, clock);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        _meter = new(directory, () => Removed);
        _log.Opened(Id);
    }

    public event Action<string>? Appended;

    /// <summary>The absolute path of the data folder.</summary>
    public string Directory { get; }

    /// <summary>32 hexadecimal digits.</summary>
    public string Id { get; }

    public string? Problem => _writer.Problem;

    public long MostRecordBytes => NewRecord.MostBytes;

    public long Version => _reader.Version;

    /// <summary>What retention has removed since the log was opened, and why it cannot remove more at the moment.</summary>
    public RetentionProgress Removed => _writer.Removed;

    /// <summary>Opens the folder's log for writing; creates the folder and the files that do not exist.</summary>
    /// <param name="clock">Sets the timestamp of records that have none; the system's clock by default.</param>
    /// <param name="loggers">Receive the log's events: docs/reference/logging.md. Null for none.</param>
    /// <exception cref="LogException">
    /// Another process writes it (the message names it), or the file is damaged, newer than this program, or cannot be created.
    /// </exception>
    public static SqliteLog Open(string directory, TimeProvider? clock = null, ILoggerFactory? loggers = null)
    {
        directory = Path.GetFullPath(directory);
        WriterLock? held = null;
        try
        {
            _ = System.IO.Directory.CreateDirectory(directory);
            held = WriterLock.Take(directory);
            return new SqliteLog(directory, held, clock ?? TimeProvider.System, loggers ?? NullLoggerFactory.Instance);
        }
        catch (Exception error)
        {
            held?.Dispose();
            if (error is IOException or UnauthorizedAccessException)
                throw SqliteErrors.Folder(directory, error);
            throw;
        }
    }

    /// <summary>
    /// Sets a topic's retention, whether or not another process writes the log; that process applies it within seconds.
    /// </summary>
    /// <exception cref="LogException">There is no such log or topic, it cannot be written, or a bound is not above 0.</exception>
    public static void SetRetention(string directory, string topic, TopicRetention retention)
    {
        new NewTopic(topic, Retention: retention).Check();
        using (var reader = SqliteLogReader.Open(directory))
            _ = reader.PartitionsOf(topic);
        try
        {
            using var connection = LogFile.OpenForWriting(directory);
            RetentionQueries.Set(connection, connection.Scalar("SELECT id FROM topics WHERE name = $topic", ("$topic", topic)), retention);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.From(error, LogFile.PathIn(directory));
        }
    }

    public IReadOnlyList<TopicInfo> Topics() => _scanReader.Topics();

    public int? PartitionCountOf(string topic) => _writer.PartitionCountOf(topic);

    public TopicInfo? FindTopic(string topic) => _scanReader.FindTopic(topic);

    public IReadOnlyList<PartitionInfo> PartitionsOf(string topic) => _scanReader.PartitionsOf(topic);

    public long EndOffset(string topic, int partition = 0) => _reader.EndOffset(topic, partition);

    public long FirstOffset(string topic, int partition = 0) => _reader.FirstOffset(topic, partition);

    public IReadOnlyList<LogRecord> Read(string topic, int partition, long fromOffset, int maxRecords = 1000) =>
        _scanReader.Read(topic, partition, fromOffset, maxRecords);

    public void ReadInto(string topic, int partition, long fromOffset, int maxRecords, RecordBatch into) =>
        _reader.ReadInto(topic, partition, fromOffset, maxRecords, into);

    public long? CommittedOffset(string consumer, string topic, int partition = 0) => _reader.CommittedOffset(consumer, topic, partition);

    public byte[]? FindState(string owner, ReadOnlySpan<byte> key) => _reader.FindState(owner, key);

    public IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner) => _reader.States(owner);

    public Task WaitForChangeAsync(long version, CancellationToken cancellationToken = default) =>
        _reader.WaitForChangeAsync(version, cancellationToken);

    public Task<long[]> CommitAsync(LogCommit commit, CancellationToken cancellationToken = default) =>
        _commits.AddAsync(commit, cancellationToken);

    public long[] Commit(LogCommit commit) => _commits.Add(commit);

    public bool DeleteTopic(string topic)
    {
        _ = Commit(new LogCommit { RemovedTopics = [topic] });
        return true;
    }

    public ILogReader OpenReader() => new SqliteLogReader(Directory, _signal, _log);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <summary>Stores what was accepted, then closes the files and releases the writer's lock.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!await _commits.EndAsync())
            return;
        _meter.Dispose();
        _reader.Dispose();
        _scanReader.Dispose();
        _writer.Dispose();
        _lock.Dispose();
        _log.Closed();
    }

    /// <summary>Limits the file's size, to simulate a full disk in tests.</summary>
    internal void LimitPages(int pages) => _writer.LimitPages(pages);

    /// <summary>
    /// Raises <see cref="Appended"/> without a topic, since one commit may touch any topic and listeners check for themselves. On the
    /// writer's own thread: who waits for a record is told as soon as it is on disk, however busy the pool is.
    /// </summary>
    private void Committed()
    {
        _signal.Raise();
        Listeners.Notify(Appended, topic: "");
    }
}
