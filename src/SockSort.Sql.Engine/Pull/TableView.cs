using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Pull;

/// <summary>The newest record of each key of a table's topic. For several threads: one reads on while another looks up keys.</summary>
/// <remarks>
/// Who goes through all rows holds no lock: he has taken them as they are at a moment. Who looks up a key waits at most until another one
/// has taken up the records of one read.
/// </remarks>
/// <param name="table">The table as it was created: one that was dropped and created again has neither its rows nor its columns.</param>
/// <param name="log">The log that holds the table's topic.</param>
/// <param name="begins">
/// The offsets of the table's first records in the partitions: what lies before is of an earlier query. Empty for all that is there.
/// </param>
/// <param name="own">The partitions that are read; null for all.</param>
internal sealed class TableView(DataSource table, ILog log, IReadOnlyList<long> begins, OwnPartitions? own = null)
{
    private const int ForgettingsInRetention = 8;

    // What one who looks up a key waits for at most, where another reads the table.
    private const int BatchSize = 1000;

    // Entry, arrays and record around the bytes themselves.
    private const int RowOverhead = 200;

    private readonly long? _keptMs = table.Window is null ? null : (long?)table.RowsKept?.TotalMilliseconds;
    private readonly OrderedRows _newest = new();

    // Of a windowed table: the whole keys, with their windows, of each key.
    private readonly Dictionary<SqlBytes, List<SqlBytes>> _windows = [];
    private readonly long[] _next =
        [.. Enumerable.Range(0, Math.Max(begins.Count, log.PartitionCountOf(table.Topic) ?? 1)).Select(begins.ElementAtOrDefault)];

    // Held while the log is read: two that need the same records do not both read them.
    private readonly Lock _reading = new();

    // Guards the rows; never held while the log is read.
    private readonly Lock _gate = new();
    private long _rowBytes;
    private long _newestMs;
    private long _forgottenAt;

    public DataSource Table => table;

    /// <summary>The offsets of its first records, by partition; empty for all that is there.</summary>
    public IReadOnlyList<long> Begins => begins;

    /// <summary>Whether it has the rows from these offsets on, of these partitions.</summary>
    public bool IsOf(IReadOnlyList<long> from, OwnPartitions? partitions) => begins.SequenceEqual(from) && Equals(own, partitions);

    /// <summary>Rough bytes that the rows take.</summary>
    public long Bytes => Volatile.Read(ref _rowBytes);

    /// <summary>The ends of the topic's partitions now, up to which <see cref="CatchUp(long[])"/> reads.</summary>
    public long[] Ends() => [.. Enumerable.Range(0, _next.Length).Select(EndOf)];

    /// <summary>Takes up some of the records that nobody has read yet.</summary>
    /// <param name="ends">As <see cref="Ends"/> gave them.</param>
    /// <returns>False where there are none before the ends.</returns>
    public bool CatchUp(long[] ends)
    {
        for (var partition = 0; partition < _next.Length; partition++)
        {
            if (CatchUp(partition, ends[partition]))
                return true;
        }
        return false;
    }

    /// <summary>Reads the rows in the order of their keys' bytes, as ksqlDB's stores have them: LIMIT always takes the same ones.</summary>
    /// <param name="keys">The keys asked for, without windows; null for all.</param>
    /// <returns>The rows of this moment, whatever comes later.</returns>
    public IEnumerable<LogRecord> Records(IReadOnlySet<SqlBytes>? keys)
    {
        lock (_gate)
        {
            if (keys is null)
                return _newest.Take().Select(row => row.Record);
            var whole = table.Window is null ? keys : keys.SelectMany(key => _windows.GetValueOrDefault(key, []));
            return [.. whole.Order().Select(key => _newest.Find(key.Content)).OfType<KeptRow>().Select(row => row.Record)];
        }
    }

    private long EndOf(int partition) => own?.Has(partition) == false ? 0 : log.EndOffset(table.Topic, partition);

    private bool CatchUp(int partition, long end)
    {
        if (Volatile.Read(ref _next[partition]) >= end)
            return false;
        lock (_reading)
        {
            if (log.Read(table.Topic, partition, _next[partition], BatchSize) is not { Count: > 0 } records)
                return false;
            lock (_gate)
            {
                foreach (var record in records.Where(record => record.Key is not null))
                    Take(record);
                ForgetOldWindows();
            }
            Volatile.Write(ref _next[partition], records[^1].Offset + 1);
            return true;
        }
    }

    private void ForgetOldWindows()
    {
        if (_keptMs is not { } keptMs || _newestMs - _forgottenAt < keptMs / ForgettingsInRetention)
            return;
        _forgottenAt = _newestMs;
        foreach (var row in _newest.Take())
        {
            if (MomentOf(row.Key) < _newestMs - keptMs)
                Remove(row.Key);
        }
    }

    /// <summary>Reads the window's start, or the session's end, from a key.</summary>
    private long MomentOf(byte[] key) =>
        key.Length < WindowLength ? long.MaxValue : BinaryPrimitives.ReadInt64BigEndian(key.AsSpan(key.Length - WindowLength));

    private int WindowLength => WindowedKeys.BoundsBytes(table.Window);

    private void Take(LogRecord record)
    {
        _newestMs = Math.Max(_newestMs, record.TimestampMs);
        var key = record.Key!.Value.ToArray();
        if (record.Value is not { } value)
        {
            Remove(key);
            return;
        }
        // Bytes of its own: those of the record would keep the whole batch that they lie in.
        var row = new KeptRow(key, record with { Key = key, Value = value.ToArray(), Headers = HeadersOf(record) });
        var old = _newest.Set(row);
        if (old is null && table.Window is not null)
            WindowsOf(key).Add(new SqlBytes(key));
        _rowBytes += BytesOf(row) - (old is null ? 0 : BytesOf(old));
    }

    private void Remove(byte[] key)
    {
        if (_newest.Remove(key) is not { } row)
            return;
        _rowBytes -= BytesOf(row);
        if (table.Window is null)
            return;
        var windows = WindowsOf(key);
        _ = windows.Remove(new SqlBytes(key));
        if (windows.Count == 0)
            _ = _windows.Remove(WithoutWindow(key));
    }

    private IReadOnlyList<RecordHeader> HeadersOf(LogRecord record) => table.Schema.Headers.Count == 0
        ? RecordHeader.None
        : [.. record.Headers.Select(header => header with { Value = NewRecord.Memory(header.Value?.ToArray()) })];

    private static long BytesOf(KeptRow row) => RowOverhead + row.Record.LengthBytes;

    private List<SqlBytes> WindowsOf(byte[] key) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_windows, WithoutWindow(key), out _) ??= [];

    private SqlBytes WithoutWindow(byte[] key) => new(key[..Math.Max(0, key.Length - WindowLength)]);
}
