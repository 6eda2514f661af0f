using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace SockSort.Log;

/// <summary>Makes what a caller wants of a stored record.</summary>
/// <param name="key">A view of the batch it was read with; null for none.</param>
/// <param name="value">As <paramref name="key"/>.</param>
public delegate T RecordMaker<out T>(long offset, long timestampMs, ReadOnlyMemory<byte>? key, ReadOnlyMemory<byte>? value, IReadOnlyList<RecordHeader> headers);

/// <summary>Reads a log, of this process or of another one. Thread-safe: calls on one reader run one after the other.</summary>
public sealed class LogReader : IDisposable
{
    // How late a commit of another process is seen at most.
    private static readonly TimeSpan PollingPause = TimeSpan.FromMilliseconds(25);

    private const int DefaultMaxRecords = 1000;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly CommitSignal? _signal;
    private readonly string _path;

    /// <param name="signal">Of the writer in this process; null polls another process's file.</param>
    internal LogReader(string directory, CommitSignal? signal)
    {
        Directory = directory;
        _signal = signal;
        _path = LogFile.PathIn(directory);
        _connection = LogFile.OpenForReading(directory);
    }

    /// <summary>Absolute path of the data folder.</summary>
    public string Directory { get; }

    /// <summary>Opens a log that another process writes, or none at the moment.</summary>
    /// <exception cref="LogException">The folder holds no log, a damaged one, or one newer than this program.</exception>
    public static LogReader Open(string directory) => new(Path.GetFullPath(directory), signal: null);

    /// <summary>
    /// Changes with every commit. Read it first, then the records; if there are none, wait with
    /// <see cref="WaitForChangeAsync"/> for it to change, and nothing is missed.
    /// </summary>
    public long Version => _signal?.Version ?? Guarded(connection => connection.Scalar("PRAGMA data_version"));

    /// <summary>All topics, by name.</summary>
    public IReadOnlyList<TopicInfo> Topics() => Guarded(TopicQueries.All);

    /// <summary>Null where there is no such topic.</summary>
    public TopicInfo? FindTopic(string topic) => Guarded(connection => TopicQueries.Find(connection, topic));

    /// <summary>The partitions of a topic, or only the given one.</summary>
    /// <exception cref="LogException">There is no such topic or partition.</exception>
    public IReadOnlyList<PartitionInfo> PartitionsOf(string topic, int? partition = null)
    {
        var partitions = FindTopic(topic)?.Partitions ?? throw LogErrors.NoTopic(topic, Topics().Select(known => known.Name));
        if (partition is not { } wanted)
            return partitions;
        return wanted >= 0 && wanted < partitions.Count ? [partitions[wanted]] : throw LogErrors.Partition(topic, wanted, partitions.Count);
    }

    /// <summary>The offset that the next record of the partition will get; 0 where the topic does not exist.</summary>
    public long EndOffset(string topic, int partition = 0) => Guarded(connection => TopicQueries.EndOffset(connection, topic, partition));

    /// <summary>The offset of the oldest record that is still there; 0 where there is none. It rises where the topic has a retention.</summary>
    public long FirstOffset(string topic, int partition = 0) => Guarded(connection => TopicQueries.FirstOffset(connection, topic, partition));

    /// <summary>Records of one partition in their order, from the first whose offset is at least <paramref name="fromOffset"/>.</summary>
    /// <param name="maxRecords">At least 1.</param>
    /// <returns>
    /// None where the end is reached or the topic does not exist (yet); fewer than asked for also where they are large: 16 MiB are enough for one call. A first record beyond <paramref name="fromOffset"/> says that retention has removed those between.
    /// </returns>
    /// <exception cref="LogException">The offset is below zero, or the stored batch is damaged.</exception>
    public IReadOnlyList<LogRecord> Read(string topic, int partition, long fromOffset, int maxRecords = DefaultMaxRecords) =>
        ReadAs(topic, partition, fromOffset, maxRecords, (offset, timestampMs, key, value, headers) => new LogRecord(topic, partition, offset, timestampMs, key, value, headers));

    /// <summary>As <see cref="Read"/>, for callers with a type of their own for records.</summary>
    /// <param name="make">Called for each record in its order; what it is given may be kept.</param>
    public IReadOnlyList<T> ReadAs<T>(string topic, int partition, long fromOffset, int maxRecords, RecordMaker<T> make)
    {
        var records = new List<T>();
        Read(topic, partition, fromOffset, maxRecords, records, bytes: null, make);
        return records;
    }

    /// <summary>As <see cref="ReadAs"/>, for callers that read without end into the same memory.</summary>
    /// <param name="into">Is cleared, and gets the records.</param>
    /// <param name="bytes">Holds keys, values and headers' values until it is read into again.</param>
    /// <returns>Whether it ended at a limit, not where no more records are.</returns>
    public bool ReadInto<T>(string topic, int partition, long fromOffset, int maxRecords, List<T> into, RecordBuffer bytes, RecordMaker<T> make)
    {
        into.Clear();
        bytes.Restart();
        return Read(topic, partition, fromOffset, maxRecords, into, bytes, make);
    }

    private bool Read<T>(string topic, int partition, long fromOffset, int maxRecords, List<T> into, RecordBuffer? bytes, RecordMaker<T> make)
    {
        if (fromOffset < 0)
            throw LogErrors.Offset(topic, fromOffset);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRecords, 1);
        return Guarded(connection => BatchQueries.Read(connection, topic, partition, fromOffset, maxRecords, into, bytes, make));
    }

    /// <summary>Waits until <see cref="Version"/> differs from <paramref name="version"/>; another process's commit is seen within 50 ms.</summary>
    public async Task WaitForChangeAsync(long version, CancellationToken cancellationToken = default)
    {
        if (_signal is not null)
        {
            await _signal.WaitAsync(version, cancellationToken);
            return;
        }
        using var timer = new PeriodicTimer(PollingPause);
        while (Version == version)
            _ = await timer.WaitForNextTickAsync(cancellationToken);
    }

    /// <summary>Waits until the partition has the record with this offset.</summary>
    public async Task WaitForAsync(string topic, int partition, long offset, CancellationToken cancellationToken = default)
    {
        for (; ; )
        {
            var version = Version;
            if (EndOffset(topic, partition) > offset)
                return;
            await WaitForChangeAsync(version, cancellationToken);
        }
    }

    /// <summary>Every record of the partition from an offset on, for as long as it is asked for the next; the topic need not exist yet.</summary>
    public async IAsyncEnumerable<LogRecord> FollowAsync(
        string topic, int partition, long fromOffset, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (; ; )
        {
            var version = Version;
            var records = Read(topic, partition, fromOffset);
            foreach (var record in records)
                yield return record;
            if (records.Count > 0)
                fromOffset = records[^1].Offset + 1;
            else
                await WaitForChangeAsync(version, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The next offset that the consumer is to read; null where it has committed none.</summary>
    public long? CommittedOffset(string consumer, string topic, int partition = 0) =>
        Guarded(connection => ConsumerQueries.Offset(connection, consumer, topic, partition));

    /// <summary>What <see cref="LogTransaction.PutState"/> keeps under an owner and key; null where there is nothing.</summary>
    public byte[]? FindState(string owner, ReadOnlySpan<byte> key)
    {
        var copy = key.ToArray();
        return Guarded(connection => ConsumerQueries.FindState(connection, owner, copy));
    }

    /// <summary>All that is kept under an owner, in the order of the keys' bytes.</summary>
    public IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner) =>
        Guarded(connection => ConsumerQueries.States(connection, owner));

    public void Dispose()
    {
        lock (_gate)
            _connection.Dispose();
    }

    private T Guarded<T>(Func<SqliteConnection, T> read)
    {
        lock (_gate)
        {
            try
            {
                return read(_connection);
            }
            catch (SqliteException error)
            {
                throw LogErrors.From(error, _path);
            }
            catch (InvalidOperationException) when (_connection.State == System.Data.ConnectionState.Closed)
            {
                throw LogErrors.Closed(Directory);
            }
        }
    }
}
