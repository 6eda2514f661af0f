using SockSort.Log;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Formats;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Pull;

/// <summary>
/// A pull query: a SELECT over what its one source holds now, with its operators and the rows that they have given so far.
/// </summary>
internal sealed class PullQuery
{
    // Entry, key and array around a row's values, and one value with its object.
    private const int RowOverhead = 120;
    private const int ValueOverhead = 40;

    // Rows that come again, as those of groups do: with the length of the record that each came from.
    private readonly OrderedDictionary<Slot[], (object?[] Values, long Length)> _rows = new(RowKeyComparer.Instance);

    // Rows that come once; null where they may come again.
    private readonly PackedRows? _final;
    private readonly PlannedQuery _plan;
    private readonly BuiltQuery _built;
    private readonly RowConverter _converter;
    private readonly int _limit;
    private long _lengths;
    private long _length;

    /// <param name="plan">A plan with one source.</param>
    /// <param name="begins">
    /// The offsets of the first rows of the query that writes the table, by partition; empty where none does.
    /// </param>
    /// <param name="builder">Makes its operators.</param>
    /// <param name="own">The partitions that this server answers for; null for all.</param>
    public PullQuery(PlannedQuery plan, IReadOnlyList<long> begins, QueryBuilder builder, OwnPartitions? own = null)
    {
        Own = own;
        (_plan, Begins, _converter, _limit) = (plan, begins, new(plan), plan.Syntax.Limit ?? int.MaxValue);
        Keys = PullKeys.Of(plan.Syntax.Where, Source);
        // Two keys in other formats than KAFKA's may be the same in other bytes.
        var comesOnce = !Source.IsTable || Source.KeyFormat.Kind == FormatKind.Kafka;
        if (comesOnce && !HasGroups(plan.Root))
            _final = new([.. plan.Schema.Values.Select(column => column.Type.Base)]);
        builder.RowsComeOnce = comesOnce;
        builder.IsBrief = IsLookup;
        _built = builder.Build(plan.Root, new RowSink(Take));
    }

    public Catalog.DataSource Source => _plan.Sources[0].Source;

    /// <summary>The partitions that this server answers for; null for all.</summary>
    public OwnPartitions? Own { get; }

    /// <inheritdoc cref="TableView.Begins"/>
    public IReadOnlyList<long> Begins { get; }

    /// <summary>The place in the statement where it names its source.</summary>
    public SourceSpan From => _plan.Syntax.From.Span;

    /// <summary>The keys that WHERE names; null: any may be asked for.</summary>
    public IReadOnlySet<SqlBytes>? Keys { get; }

    /// <summary>Whether it looks up rows of a table by their keys, and does not go through all there is.</summary>
    public bool IsLookup => Source.IsTable && Keys is not null;

    /// <summary>
    /// Whether it has all its rows. The first ones are the answer, but for groups, of which any record may still change one.
    /// </summary>
    public bool IsDone => _final?.Count >= _limit;

    public int Rows => _final?.Count ?? _rows.Count;

    /// <summary>Rough bytes that it holds.</summary>
    public long Bytes => _built.StateBytes + RowsBytes;

    public void Process(LogRecord record)
    {
        _length = record.Value?.Length ?? 0;
        _built.Sources[0].Process(record);
    }

    public RowsResult Result() => new(_plan.Schema.Values, _final ?? Groups())
    {
        Bytes = RowsBytes,
        KeyColumns = _plan.IsTable ? KeyColumns() : new HashSet<string>(),
        EndMessage = _plan.IsTable ? null : EndOfStream,
        Partitions = Own,
    };

    private IReadOnlyList<object?[]> Groups() => [.. _rows.Values.Take(_limit).Select(row => row.Values)];

    private string EndOfStream => IsDone ? "Limit Reached" : "Query Completed";

    /// <summary>Names the columns that are parts of the key or bounds of its window.</summary>
    private HashSet<string> KeyColumns()
    {
        var columns = _plan.Root.Keys.Select(key => key.Name).ToHashSet();
        for (var i = 0; i < _plan.Root.Values.Count; i++)
        {
            if (_plan.Window is not null && RowConverter.IsWindowBound(_plan.Root.Values[i], out _))
                _ = columns.Add(_plan.Schema.Values[i].Name);
        }
        return columns;
    }

    private long RowsBytes => _final?.Bytes ?? _lengths + (_rows.Count * GroupBytes);

    private long GroupBytes => RowOverhead + ((long)ValueOverhead * _plan.Schema.Values.Count);

    private void Take(ref Change change)
    {
        if (_final is not null)
        {
            if (_converter.Convert(ref change) is { } only)
                _final.Add(only.Values);
            return;
        }
        Slot[] key = [.. change.Key ?? [], Slot.Of(change.WindowStart), Slot.Of(change.WindowEnd)];
        var isKnown = _rows.TryGetValue(key, out var old);
        _lengths -= isKnown ? old.Length : 0;
        if (_converter.Convert(ref change) is { IsTombstone: false } row)
        {
            _rows[key] = (row.Values, _length);
            _lengths += _length;
        }
        else if (isKnown)
        {
            _ = _rows.Remove(key);
        }
    }

    private static bool HasGroups(PlanNode node) => node is AggregateNode || node.Inputs.Any(HasGroups);
}
