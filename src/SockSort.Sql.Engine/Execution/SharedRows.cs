using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Reads the values of a stream or table once for all queries that stand at one place of its topic.</summary>
/// <remarks>
/// It reads the columns that any of them has needed, each query copies its own. A record that does not read is left to the queries' own
/// readers: one of them may not need the column that is wrong, and each has its own account of what it left out.
/// </remarks>
internal sealed class SharedRows(DataSource source)
{
    private readonly Slot[] _row = new Slot[source.Schema.Values.Count];
    private readonly HashSet<int> _needed = [];
    private IRowReader? _reader;
    private bool _isRead;
    private bool _reads;

    /// <summary>Reads for a query too.</summary>
    /// <param name="columns">The columns of the value, with their slots in the query's rows.</param>
    public Part For(IReadOnlyList<FormatColumn> columns)
    {
        var copies = Enumerable.Range(0, columns.Count).Where(i => columns[i].Slot >= 0).Select(i => (i, columns[i].Slot)).ToArray();
        var before = _needed.Count;
        _needed.UnionWith(copies.Select(copy => copy.i));
        if (_needed.Count > before)
            _reader = null;
        return new(this, copies);
    }

    /// <summary>The next record comes.</summary>
    public void Forget() => _isRead = false;

    private bool TryRead(ReadOnlySpan<byte> value)
    {
        if (_isRead)
            return _reads;
        (_isRead, _reads) = (true, false);
        try
        {
            (_reader ??= Reader()).Read(value, _row);
            _reads = true;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Each query's own reader meets the same error, and says so where it counts.
        }
        return _reads;
    }

    private IRowReader Reader() => RowFormats.Reader(
        source.ValueFormat,
        [.. source.Schema.Values.Select((column, i) => new FormatColumn(column.Name, column.Type, _needed.Contains(i) ? i : -1))],
        isKey: false);

    /// <summary>What one query has of it.</summary>
    internal sealed class Part(SharedRows rows, (int From, int To)[] copies)
    {
        public SharedRows Rows => rows;

        /// <param name="value">The value of the record, the same for all queries until <see cref="Forget"/>.</param>
        /// <param name="row">The row of the query.</param>
        /// <returns>False where the query is to read by itself.</returns>
        public bool TryFill(ReadOnlySpan<byte> value, Slot[] row)
        {
            if (!rows.TryRead(value))
                return false;
            foreach (var (from, to) in copies)
                row[to] = rows._row[from];
            return true;
        }
    }
}
