using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Pull;

/// <summary>The newest record of each key of a table's topic. For several threads: one reads on while another looks up keys.</summary>
/// <param name="table">The table as it was created: one that was dropped and created again has neither its rows nor its columns.</param>
/// <param name="log">The log that holds the table's topic.</param>
/// <param name="begin">Offset of the table's first record in the first partition, which is the one that queries write.</param>
internal sealed class TableView(DataSource table, ILog log, long begin)
{
    private const int ForgettingsInRetention = 8;

    // What one who looks up a key waits for at most, where another reads the table.
    private const int BatchSize = 1000;

    // Entry, arrays and record around the bytes themselves.
    private const int RowOverhead = 200;

    // A record once more, in the order of keys.
    private const int OrderedBytes = 88;

    private readonly long? _keptMs = table.Window is null ? null : (long?)table.RowsKept?.TotalMilliseconds;
    private readonly Dictionary<SqlBytes, LogRecord> _newest = [];

    // Of a windowed table: the whole keys, with their windows, of each key.
    private readonly Dictionary<SqlBytes, List<SqlBytes>> _windows = [];
    private readonly long[] _next = [begin, .. new long[(log.FindTopic(table.Topic)?.Partitions ?? 1) - 1]];
    private readonly Lock _gate = new();

    // All rows in order, where nothing has changed since; the number of changes.
    private LogRecord[]? _ordered;
    private long _version;
    private long _rowBytes;
    private long _newestMs;
    private long _forgottenAt;

    public DataSource Table => table;

    public long Begin => begin;

    /// <summary>Rough bytes that the rows take.</summary>
    public long Bytes => _rowBytes + ((long)OrderedBytes * (_ordered?.Length ?? 0));

    /// <summary>Reads what has been written since the last call; where it is broken off, the next call goes on there.</summary>
    /// <param name="check">Called again and again; throws to break off.</param>
    public void CatchUp(Action check)
    {
        for (var partition = 0; partition < _next.Length; partition++)
        {
            for (var end = log.EndOffset(table.Topic, partition); Step(partition, end);)
                check();
        }
    }

    /// <summary>Reads the rows in the order of their keys' bytes, as ksqlDB's stores have them: LIMIT always takes the same ones.</summary>
    /// <param name="keys">The keys asked for, without windows; null for all.</param>
    /// <returns>The rows of this moment, whatever comes later.</returns>
    public IReadOnlyList<LogRecord> Records(IReadOnlySet<SqlBytes>? keys)
    {
        if (keys is null)
            return All();
        lock (_gate)
        {
            var whole = table.Window is null ? keys : keys.SelectMany(key => _windows.GetValueOrDefault(key, []));
            return [.. whole.Where(_newest.ContainsKey).Order().Select(key => _newest[key])];
        }
    }

    /// <summary>Who looks up a key meanwhile waits for the copy, not for the sorting.</summary>
    private LogRecord[] All()
    {
        KeyValuePair<SqlBytes, LogRecord>[] rows;
        long version;
        lock (_gate)
        {
            if (_ordered is not null)
                return _ordered;
            (rows, version) = ([.. _newest], _version);
        }
        LogRecord[] ordered = [.. rows.OrderBy(row => row.Key).Select(row => row.Value)];
        lock (_gate)
        {
            if (_version == version)
                _ordered = ordered;
        }
        return ordered;
    }

    /// <summary>Takes the next records of a partition.</summary>
    /// <returns>False where there are none before the end.</returns>
    private bool Step(int partition, long end)
    {
        lock (_gate)
        {
            if (_next[partition] >= end || log.Read(table.Topic, partition, _next[partition], BatchSize) is not { Count: > 0 } records)
                return false;
            foreach (var record in records.Where(record => record.Key is not null))
                Take(record);
            _next[partition] = records[^1].Offset + 1;
            ForgetOldWindows();
            return true;
        }
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

    /// <summary>Reads the window's start, or the session's end, from a key.</summary>
    private long MomentOf(byte[] key) =>
        key.Length < WindowLength ? long.MaxValue : BinaryPrimitives.ReadInt64BigEndian(key.AsSpan(key.Length - WindowLength));

    private int WindowLength => table.Window!.Kind == WindowKind.Session ? 16 : 8;

    private void Take(LogRecord record)
    {
        _newestMs = Math.Max(_newestMs, record.TimestampMs);
        Changed();
        var key = new SqlBytes(record.Key!.Value.ToArray());
        if (record.Value is not { } value)
        {
            Remove(key);
            return;
        }
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, key, out var isKnown);
        if (isKnown)
            _rowBytes -= BytesOf(row);
        else
            Add(key);
        // Bytes of its own: those of the record would keep the whole batch that they lie in.
        row = record with { Key = key.Content, Value = value.ToArray(), Headers = HeadersOf(record) };
        _rowBytes += BytesOf(row);
    }

    private void Changed() => (_ordered, _version) = (null, _version + 1);

    private void Add(SqlBytes key)
    {
        if (table.Window is not null)
            WindowsOf(key).Add(key);
    }

    private void Remove(SqlBytes key)
    {
        if (!_newest.Remove(key, out var row))
            return;
        Changed();
        _rowBytes -= BytesOf(row);
        if (table.Window is null)
            return;
        var windows = WindowsOf(key);
        _ = windows.Remove(key);
        if (windows.Count == 0)
            _ = _windows.Remove(WithoutWindow(key));
    }

    private IReadOnlyList<RecordHeader> HeadersOf(LogRecord record) => table.Schema.Headers.Count == 0
        ? RecordHeader.None
        : [.. record.Headers.Select(header => header with { Value = NewRecord.Memory(header.Value?.ToArray()) })];

    private static long BytesOf(LogRecord row) => RowOverhead + row.LengthBytes;

    private List<SqlBytes> WindowsOf(SqlBytes key) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_windows, WithoutWindow(key), out _) ??= [];

    private SqlBytes WithoutWindow(SqlBytes key) => new(key.Content[..Math.Max(0, key.Content.Length - WindowLength)]);
}
