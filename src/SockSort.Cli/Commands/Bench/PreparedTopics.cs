using SockSort.Sql.Topics;

namespace SockSort.Cli.Commands.Bench;

/// <summary>Topics whose input lies ready in memory, and whose output is only counted: so the engine alone is measured.</summary>
internal sealed class PreparedTopics : ITopics
{
    private readonly Dictionary<string, List<TopicRecord>> _inputs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    public event Action<string>? Appended
    {
        add { }
        remove { }
    }

    /// <summary>Sees each batch of changes; null: nobody asks.</summary>
    public Action<TopicAppend>? OnAppend { get; set; }

    /// <summary>Changes written so far.</summary>
    public long Written { get; private set; }

    public List<TopicRecord> Input(string topic) => _inputs.TryGetValue(topic, out var records) ? records : _inputs[topic] = [];

    public IReadOnlyList<TopicInfo> List() => [.. _inputs.Keys.Concat(_made).Distinct().Select(topic => new TopicInfo(topic, 1))];

    public TopicInfo? Find(string topic) => _inputs.ContainsKey(topic) || _made.Contains(topic) ? new(topic, 1) : null;

    public void Create(string topic, int partitions) => _made.Add(topic);

    public bool Delete(string topic) => _made.Remove(topic);

    public long End(string topic, int partition) => _inputs.TryGetValue(topic, out var records) ? records.Count : 0;

    public IReadOnlyList<TopicRecord> Read(string topic, int partition, long offset, int maxRecords)
    {
        if (!_inputs.TryGetValue(topic, out var records))
            return [];
        var count = (int)Math.Min(maxRecords, records.Count - offset);
        return count <= 0 ? [] : records.GetRange((int)offset, count);
    }

    public void ReadInto(string topic, int partition, long offset, int maxRecords, RecordBatch into) => into.Take(_inputs.GetValueOrDefault(topic, []), offset, maxRecords);

    public long Append(string topic, int partition, IReadOnlyList<NewRecord> records)
    {
        Written += records.Count;
        OnAppend?.Invoke(new(topic, partition, records));
        return Written - records.Count;
    }

    public void Commit(TopicCommit commit)
    {
        foreach (var append in commit.Appends)
            _ = Append(append.Topic, append.Partition, append.Records);
    }

    public long? CommittedOffset(string consumer, string topic, int partition) => null;

    public IReadOnlyList<KeyValuePair<byte[], byte[]>> States(string owner) => [];

    public void Forget(string consumer)
    {
        // Nothing is kept.
    }
}
