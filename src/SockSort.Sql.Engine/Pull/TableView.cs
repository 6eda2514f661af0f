using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Pull;

/// <summary>The newest record of each key of a table's topic.</summary>
/// <param name="table">The table as it was created: one that was dropped and created again has neither its rows nor its columns.</param>
/// <param name="log">The log that holds the table's topic.</param>
/// <param name="begin">Offset of the table's first record in the first partition, which is the one that queries write.</param>
internal sealed class TableView(DataSource table, ILog log, long begin)
{
    private const int ForgettingsInRetention = 8;

    // Entry, arrays and record around the bytes themselves.
    private const int RowOverhead = 200;

    private readonly long? _keptMs = table.Window is null ? null : (long?)table.RowsKept?.TotalMilliseconds;
    private readonly Dictionary<SqlBytes, LogRecord> _newest = [];

    // Of a windowed table: the whole keys, with their windows, of each key.
    private readonly Dictionary<SqlBytes, List<SqlBytes>> _windows = [];
    private readonly long[] _next = [begin, .. new long[(log.FindTopic(table.Topic)?.Partitions ?? 1) - 1]];
    private List<SqlBytes>? _ordered;
    private long _newestMs;
    private long _forgottenAt;

    public DataSource Table => table;

    public long Begin => begin;

    /// <summary>Rough bytes that the rows take.</summary>
    public long Bytes { get; private set; }

    /// <summary>Reads what has been written since the last call; where it is broken off, the next call goes on there.</summary>
    /// <param name="check">Called again and again; throws to break off.</param>
    public void CatchUp(Action check)
    {
        for (var partition = 0; partition < _next.Length; partition++)
        {
            foreach (var records in log.Batches(table.Topic, partition, _next[partition]))
            {
                foreach (var record in records.Where(record => record.Key is not null))
                    Take(record);
                _next[partition] = records[^1].Offset + 1;
                ForgetOldWindows();
                check();
            }
        }
    }

    /// <summary>Reads the rows in the order of their keys' bytes, as ksqlDB's stores have them: LIMIT always takes the same ones.</summary>
    /// <param name="keys">The keys asked for, without windows; null for all.</param>
    public IEnumerable<LogRecord> Records(IReadOnlySet<SqlBytes>? keys)
    {
        if (keys is null)
            return (_ordered ??= [.. _newest.Keys.Order()]).Select(key => _newest[key]);
        var whole = table.Window is null ? keys : keys.SelectMany(key => _windows.GetValueOrDefault(key, []));
        return whole.Where(_newest.ContainsKey).Order().Select(key => _newest[key]);
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
        var key = new SqlBytes(record.Key!.Value.ToArray());
        if (record.Value is not { } value)
        {
            Remove(key);
            return;
        }
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(_newest, key, out var isKnown);
        if (isKnown)
            Bytes -= BytesOf(row);
        else
            Add(key);
        // Bytes of its own: those of the record would keep the whole batch that they lie in.
        row = record with { Key = key.Content, Value = value.ToArray(), Headers = HeadersOf(record) };
        Bytes += BytesOf(row);
    }

    private void Add(SqlBytes key)
    {
        _ordered = null;
        if (table.Window is not null)
            WindowsOf(key).Add(key);
    }

    private void Remove(SqlBytes key)
    {
        if (!_newest.Remove(key, out var row))
            return;
        _ordered = null;
        Bytes -= BytesOf(row);
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
