using SockSort.Log;

namespace SockSort.Bench.Sql;

/// <summary>A log whose input is prepared in memory and whose output is only counted, so that the engine alone is measured.</summary>
/// <param name="partitions">The number of partitions of each topic.</param>
internal sealed class PreparedTopics(int partitions) : ILog
{
    private readonly Dictionary<string, List<LogRecord>[]> _inputs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    public event Action<string>? Appended
    {
        add { }
        remove { }
    }

    public string Id => "00000000";

    public string? Directory => null;

    public string? Problem => null;

    public long MostRecordBytes => NewRecord.MostBytes;

    public long Version => Written;

    /// <summary>Called for each append; null for none.</summary>
    public Action<TopicAppend>? OnAppend { get; set; }

    /// <summary>The number of records appended so far.</summary>
    public long Written { get; private set; }

    /// <summary>Puts records into a topic, into its partitions in turns.</summary>
    public void Fill(string topic, IEnumerable<NewRecord> records)
    {
        foreach (var (number, record) in records.Index())
        {
            var into = Input(topic, number % partitions);
            into.Add(new(number % partitions, into.Count, record.TimestampMs!.Value, record.Key, record.Value, RecordHeader.None));
        }
    }

    public IReadOnlyList<TopicInfo> Topics() =>
        [.. _inputs.Keys.Concat(_made).Distinct().Order(StringComparer.Ordinal).Select(topic => new TopicInfo(topic, partitions))];

    public TopicInfo? FindTopic(string topic) => _inputs.ContainsKey(topic) || _made.Contains(topic) ? new(topic, partitions) : null;

    public IReadOnlyList<PartitionInfo> PartitionsOf(string topic) =>
        [.. Enumerable.Range(0, partitions).Select(partition => new PartitionInfo(partition, 0, EndOffset(topic, partition), 0))];

    public long EndOffset(string topic, int partition = 0) => _inputs.TryGetValue(topic, out var records) ? records[partition].Count : 0;

    public long FirstOffset(string topic, int partition = 0) => 0;

    public IReadOnlyList<LogRecord> Read(string topic, int partition, long fromOffset, int maxRecords = 1000)
    {
        var batch = new RecordBatch();
        ReadInto(topic, partition, fromOffset, maxRecords, batch);
        return batch.Records;
    }

    public void ReadInto(string topic, int partition, long fromOffset, int maxRecords, RecordBatch into) =>
        into.Fill(_inputs.TryGetValue(topic, out var records) ? records[partition] : [], first: 0, fromOffset, maxRecords);

    public Task<long[]> CommitAsync(LogCommit commit, CancellationToken cancellationToken = default) => Task.FromResult(Commit(commit));

    public long[] Commit(LogCommit commit)
    {
        _made.UnionWith(commit.Topics.Select(topic => topic.Name));
        return [.. commit.Appends.Select(Count)];
    }

    public bool DeleteTopic(string topic) => _made.Remove(topic);

    public long? CommittedOffset(string consumer, string topic, int partition = 0) => null;

    public byte[]? FindState(string owner, ReadOnlySpan<byte> key) => null;

    public IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner) => [];

    /// <summary>Never completes: nothing is appended to the input.</summary>
    public Task WaitForChangeAsync(long version, CancellationToken cancellationToken = default) =>
        Task.Delay(Timeout.Infinite, cancellationToken);

    public ILogReader OpenReader() => this;

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => default;

    private List<LogRecord> Input(string topic, int partition)
    {
        if (!_inputs.TryGetValue(topic, out var records))
            _inputs[topic] = records = [.. Enumerable.Range(0, partitions).Select(_ => new List<LogRecord>())];
        return records[partition];
    }

    private long Count(TopicAppend append)
    {
        Written += append.Records.Count;
        OnAppend?.Invoke(append);
        return Written - append.Records.Count;
    }
}
