using Microsoft.Data.Sqlite;
using SockSort.Log.Sqlite.Reading;
using SockSort.Log.Sqlite.Storage;

namespace SockSort.Log.Sqlite;

/// <summary>
/// Reads the log of a folder that this or another process writes. Thread-safe: calls on one reader run one after the other.
/// </summary>
public sealed class SqliteLogReader : ILogReader
{
    // A commit of another process is seen after this time at the latest.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(25);

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly PreparedCommands _commands;
    private readonly CommitSignal? _signal;
    private readonly string _directory;
    private readonly string _path;
    private readonly StorageLog? _log;

    /// <param name="signal">Signals commits of the writer in this process; null polls the file for commits of another process.</param>
    /// <param name="log">Logs damaged content; null for none.</param>
    internal SqliteLogReader(string directory, CommitSignal? signal, StorageLog? log = null)
    {
        _directory = directory;
        _signal = signal;
        _log = log;
        _path = LogFile.PathIn(directory);
        _connection = LogFile.OpenForReading(directory);
        _commands = new(_connection);
    }

    /// <summary>Opens a log that another process may be writing.</summary>
    /// <exception cref="LogException">The folder holds no log, a damaged one, or one newer than this program.</exception>
    public static SqliteLogReader Open(string directory) => new(Path.GetFullPath(directory), signal: null);

    public long Version => _signal?.Version ?? Guarded(connection => connection.Scalar("PRAGMA data_version"));

    public IReadOnlyList<TopicInfo> Topics() => Guarded(TopicQueries.All);

    public TopicInfo? FindTopic(string topic) => Guarded(connection => TopicQueries.Find(connection, topic));

    public IReadOnlyList<PartitionInfo> PartitionsOf(string topic) =>
        Guarded(connection => TopicQueries.PartitionsOf(connection, topic))
            ?? throw LogErrors.NoTopic(topic, Topics().Select(known => known.Name));

    public long EndOffset(string topic, int partition = 0) => Guarded(_ => TopicQueries.EndOffset(_commands, topic, partition));

    public long FirstOffset(string topic, int partition = 0) =>
        Guarded(connection => TopicQueries.FirstOffset(connection, topic, partition));

    public IReadOnlyList<LogRecord> Read(string topic, int partition, long fromOffset, int maxRecords = 1000)
    {
        var records = new List<LogRecord>();
        _ = Read(topic, partition, fromOffset, maxRecords, records, room: null);
        return records;
    }

    public void ReadInto(string topic, int partition, long fromOffset, int maxRecords, RecordBatch into)
    {
        into.Clear();
        into.IsFull = Read(topic, partition, fromOffset, maxRecords, into.Records, into);
    }

    public long? CommittedOffset(string consumer, string topic, int partition = 0) =>
        Guarded(connection => ConsumerQueries.Offset(connection, consumer, topic, partition));

    public byte[]? FindState(string owner, ReadOnlySpan<byte> key)
    {
        var copy = key.ToArray();
        return Guarded(connection => ConsumerQueries.FindState(connection, owner, copy));
    }

    public IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner) =>
        Guarded(connection => ConsumerQueries.States(connection, owner));

    public async Task WaitForChangeAsync(long version, CancellationToken cancellationToken = default)
    {
        if (_signal is not null)
        {
            await _signal.WaitAsync(version, cancellationToken);
            return;
        }
        using var timer = new PeriodicTimer(PollInterval);
        while (Version == version)
            _ = await timer.WaitForNextTickAsync(cancellationToken);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _commands.Dispose();
            _connection.Dispose();
        }
    }

    private bool Read(string topic, int partition, long fromOffset, int maxRecords, List<LogRecord> into, RecordBatch? room)
    {
        if (fromOffset < 0)
            throw LogErrors.Offset(topic, fromOffset);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        return Guarded(_ => BatchQueries.Read(_commands, topic, partition, fromOffset, maxRecords, into, room));
    }

    private T Guarded<T>(Func<SqliteConnection, T> read)
    {
        lock (_gate)
        {
            try
            {
                return read(_connection);
            }
            catch (LogException error)
            {
                _ = LogDamage(error);
                throw;
            }
            catch (SqliteException error)
            {
                throw LogDamage(SqliteErrors.From(error, _path));
            }
            catch (InvalidOperationException) when (_connection.State == System.Data.ConnectionState.Closed)
            {
                throw LogErrors.Closed(_directory);
            }
        }
    }

    private LogException LogDamage(LogException error)
    {
        if (error.Kind == LogErrorKind.Damaged)
            _log?.Damaged(error);
        return error;
    }
}
