using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;
using SockSort.Sql.Topics;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine;

/// <summary>The newest record of each key of a table's topic. Used by several threads.</summary>
/// <param name="table">Whose topic it is.</param>
/// <param name="topics">Hold the topic.</param>
/// <param name="begin">In the first partition, which is the one that queries write.</param>
/// <param name="memory">Says whether there is room for more.</param>
internal sealed class TableView(DataSource table, ITopics topics, long begin, MemoryGuard memory)
{
    private const int BatchSize = 5000;
    private const int ForgettingsInRetention = 8;

    // Entry, arrays and record around the bytes themselves.
    private const int RowOverhead = 250;

    private readonly Lock _gate = new();
    private readonly long? _keptMs = table.Window is null ? null : (long?)table.RowsKept?.TotalMilliseconds;
    private readonly Dictionary<SqlBytes, Row> _newest = [];

    // Of a windowed table: the whole keys, with their windows, of each key.
    private readonly Dictionary<SqlBytes, List<SqlBytes>> _windows = [];
    private readonly long[] _next = [begin, .. new long[(topics.Find(table.Topic)?.Partitions ?? 1) - 1]];
    private long _newestMs;
    private long _forgottenAt;
    private long _bytes;
    private volatile bool _isForgotten;

    public DataSource Table => table;

    public long Begin => begin;

    /// <summary>What the rows take, roughly.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Its room is needed by others: what is reading into it stops.</summary>
    public void Forget() => _isForgotten = true;

    /// <summary>The rows as they are now.</summary>
    /// <param name="keys">Those asked for, without windows; null for all.</param>
    /// <exception cref="SqlException">There is no room for them.</exception>
    public IReadOnlyList<Row> Rows(IReadOnlySet<SqlBytes>? keys)
    {
        lock (_gate)
        {
            CatchUp();
            return keys is null ? [.. _newest.Values] : [.. keys.SelectMany(RowsOf)];
        }
    }

    private IEnumerable<Row> RowsOf(SqlBytes key) =>
        (table.Window is null ? [key] : _windows.GetValueOrDefault(key, [])).Select(whole => _newest.GetValueOrDefault(whole)).OfType<Row>();

    private void CatchUp()
    {
        for (var partition = 0; partition < _next.Length; partition++)
        {
            while (topics.Read(table.Topic, partition, _next[partition], BatchSize) is { Count: > 0 } records)
            {
                foreach (var record in records.Where(record => record.Key is not null))
                    Take(record);
                _next[partition] = records[^1].Offset + 1;
                ForgetOldWindows();
                if (_isForgotten || !memory.HasRoomFor(_bytes))
                    throw GiveUp();
            }
        }
    }

    private SqlException GiveUp()
    {
        var error = SqlErrors.NoRoomForRows(table.Name, _newest.Count, _bytes);
        _newest.Clear();
        _windows.Clear();
        Array.Clear(_next);
        (_next[0], _bytes) = (begin, 0);
        return error;
    }

    private void ForgetOldWindows()
    {
        if (_keptMs is not { } keptMs || _newestMs - _forgottenAt < keptMs / ForgettingsInRetention)
            return;
        _forgottenAt = _newestMs;
        foreach (var key in _newest.Keys)
        {
            if (MomentOf(key.Content) < _newestMs - keptMs)
                Remove(key);
        }
    }

    /// <summary>A window's start, a session's end, as they stand in the key.</summary>
    private long MomentOf(byte[] key) => key.Length < WindowLength ? long.MaxValue : BinaryPrimitives.ReadInt64BigEndian(key.AsSpan(key.Length - WindowLength));

    private int WindowLength => table.Window!.Kind == WindowKind.Session ? 16 : 8;

    private void Take(TopicRecord record)
    {
        _newestMs = Math.Max(_newestMs, record.Timestamp);
        var key = new SqlBytes(record.Key!.Value.ToArray());
        if (record.Value is not { } value)
        {
            Remove(key);
            return;
        }
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, key, out var isKnown);
        if (!isKnown && table.Window is not null)
            WindowsOf(key).Add(key);
        _bytes -= row?.Bytes ?? 0;
        // Bytes of its own: those of the record would keep the whole batch that they lie in.
        row = new(record with { Key = key.Content, Value = value.ToArray() });
        _bytes += row.Bytes;
    }

    private void Remove(SqlBytes key)
    {
        if (!_newest.Remove(key, out var row))
            return;
        _bytes -= row.Bytes;
        if (table.Window is null)
            return;
        var windows = WindowsOf(key);
        _ = windows.Remove(key);
        if (windows.Count == 0)
            _ = _windows.Remove(WithoutWindow(key));
    }

    private List<SqlBytes> WindowsOf(SqlBytes key) => CollectionsMarshal.GetValueRefOrAddDefault(_windows, WithoutWindow(key), out _) ??= [];

    private SqlBytes WithoutWindow(SqlBytes key) => new(key.Content[..Math.Max(0, key.Content.Length - WindowLength)]);

    /// <summary>By reference: a list of many is made for each look at all of them.</summary>
    internal sealed class Row(TopicRecord record)
    {
        public TopicRecord Record { get; } = record;

        public long Bytes => RowOverhead + Record.Key!.Value.Length + Record.Value!.Value.Length;
    }
}
