using SockSort.Sql.Catalog;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Deploy.Flink;

/// <summary>Writes a plan as the query of Flink that fills the sink's table.</summary>
internal sealed class FlinkQuery
{
    private readonly PlannedQuery _plan;
    private readonly List<FilterNode> _where = [];
    private readonly List<FilterNode> _having = [];
    private readonly RekeyNode? _rekey;
    private readonly FlinkGroups? _groups;
    private readonly FlinkExpressions _expressions;

    /// <param name="streams">The script's streams by name.</param>
    /// <param name="fromBeginning">Whether it reads the records that are there.</param>
    /// <exception cref="FlinkRefusedException">The plan has a step that is not translated.</exception>
    public FlinkQuery(PlannedQuery plan, IReadOnlyDictionary<string, FlinkSource> streams, bool fromBeginning)
    {
        _plan = plan;
        AggregateNode? groups = null;
        var node = plan.Root.Input;
        for (; node is not SourceNode; node = node.Inputs[0])
        {
            if (node is FilterNode filter)
                (groups is null ? _having : _where).Add(filter);
            else if (node is AggregateNode aggregate && groups is null)
                groups = aggregate;
            else if (node is RekeyNode { Expressions: [{ Type.Base: SqlBaseType.String }] } rekey && groups is null && _rekey is null)
                _rekey = rekey;
            else
                throw Refused(plan.Syntax.From.Span, $"this step is not translated: {node.Describe()}");
        }
        // Filters of a query without groups are all WHERE.
        if (groups is null)
        {
            _where.AddRange(_having);
            _having.Clear();
        }
        var source = (SourceNode)node;
        Source = streams.GetValueOrDefault(source.Source.Name) ?? throw Refused(
            plan.Syntax.From.Span, $"{source.Source.Name} is not a stream of this script that is translated; tables are not read");
        _expressions = new(
            source.Used.Where(use => Source.Fields.ContainsKey(use.Key))
                .ToDictionary(use => use.Value, use => FlinkText.Name(Source.Fields[use.Key])),
            windowStart: null);
        _groups = groups is null ? null : new(plan, groups, Source, _expressions);
        Reading = new(fromBeginning, _groups?.Behind);
    }

    /// <summary>The stream that it reads.</summary>
    public FlinkSource Source { get; }

    /// <summary>How it reads it.</summary>
    public FlinkReading Reading { get; }

    private string From => FlinkText.Name(Reading.NameFor(Source.Source.Name));

    private string Where
    {
        get
        {
            var conditions = _where.Select(filter => _expressions.Condition(filter.Predicate)).Concat(_groups?.IsKnown ?? []).ToList();
            return conditions.Count == 0 ? "" : $"\nWHERE {string.Join(" AND ", conditions)}";
        }
    }

    /// <summary>
    /// The view that sessions are made of; null where none is needed. A record that WHERE leaves out holds no session together, so it has
    /// to go before.
    /// </summary>
    /// <exception cref="FlinkRefusedException">An expression is not translated.</exception>
    public string? ViewFor(DataSource sink) => _groups is { IsSession: true }
        ? $"CREATE TEMPORARY VIEW {ViewName(sink)} AS\nSELECT {string.Join(", ", _groups.ViewColumns)}\nFROM {From}{Where}"
        : null;

    /// <param name="sink">The stream or table that it writes.</param>
    /// <exception cref="FlinkRefusedException">An expression is not translated.</exception>
    public string Write(DataSource sink)
    {
        if (_groups is null)
            return Insert(sink, Mapped(), $"{From}{Where}", "");
        var (rows, tail) = (_groups.Columns(sink), _groups.Tail(_having));
        return _groups.IsSession
            ? Insert(sink, rows, _groups.Windows(ViewName(sink)), tail)
            : Insert(sink, rows, $"{_groups.Windows(From)}{Where}", tail);
    }

    private static string ViewName(DataSource sink) => FlinkText.Name($"{sink.Name} before its sessions");

    private IEnumerable<(string Name, string Text)> Mapped() =>
        _plan.Root.Layout.Slots.Zip(_plan.Root.Values, (slot, value) => (FlinkText.Name(slot.Name), Text: _expressions.Write(value)))
            .Concat(_plan.Schema.Keys.Select(key => (FlinkText.Name(key.Name), Text: KeyText())))
            .Append((FlinkTables.Time, FlinkTables.Time));

    /// <summary>The key of a query without groups is its stream's, unless it has PARTITION BY.</summary>
    private string KeyText() => _rekey is null
        ? FlinkText.Name(Source.Fields[Source.Source.Schema.Keys[0].Name])
        : _expressions.Write(_rekey.Expressions[0]);

    private static string Insert(DataSource sink, IEnumerable<(string Name, string Text)> columns, string from, string tail)
    {
        var named = columns.ToList();
        return $"INSERT INTO {FlinkText.Name(sink.Name)} ({string.Join(", ", named.Select(column => column.Name))})\nSELECT\n  "
            + $"{string.Join(",\n  ", named.Select(column => column.Text))}\nFROM {from}{tail}";
    }

    private static FlinkRefusedException Refused(SourceSpan at, string reason) => new(at, reason);
}
