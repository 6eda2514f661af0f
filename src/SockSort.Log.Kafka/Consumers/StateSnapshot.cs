namespace SockSort.Log.Kafka.Consumers;

/// <summary>What the topic of states holds up to an offset. Not thread-safe.</summary>
internal sealed class StateSnapshot
{
    private static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    private readonly Dictionary<string, SortedDictionary<byte[], byte[]>> _states = new(StringComparer.Ordinal);

    /// <summary>The offset from which to read on.</summary>
    public long Next { get; private set; }

    public void Take(IReadOnlyList<LogRecord> records)
    {
        foreach (var record in records)
        {
            if (record.Key is { } key)
                Take(key.Span, record.Value);
        }
        Next = records[^1].Offset + 1;
    }

    public byte[]? Find(string owner, ReadOnlySpan<byte> key) => _states.GetValueOrDefault(owner)?.GetValueOrDefault(key.ToArray());

    public IReadOnlyList<KeyValuePair<byte[], byte[]>> Of(string owner) => _states.TryGetValue(owner, out var states) ? [.. states] : [];

    private void Take(ReadOnlySpan<byte> bytes, ReadOnlyMemory<byte>? value)
    {
        var (owner, key) = StateKey.Parse(bytes);
        if (!_states.TryGetValue(owner, out var states))
            _states.Add(owner, states = new(ByBytes));
        if (value is { } some)
            states[key] = some.ToArray();
        else
            _ = states.Remove(key);
    }
}
