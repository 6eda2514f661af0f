using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Deploy.Flink;

/// <summary>Writes a plan as the query of Flink that fills the sink's table.</summary>
internal sealed class FlinkQuery
{
    private readonly PlannedQuery _plan;
    private readonly FlinkSource _source;
    private readonly List<FilterNode> _where = [];
    private readonly List<FilterNode> _having = [];
    private readonly AggregateNode? _groups;

    /// <param name="streams">The script's streams by name.</param>
    /// <exception cref="FlinkRefusedException">The plan has a step that is not translated.</exception>
    public FlinkQuery(PlannedQuery plan, IReadOnlyDictionary<string, FlinkSource> streams)
    {
        _plan = plan;
        var node = plan.Root.Input;
        for (; node is not SourceNode; node = node.Inputs[0])
        {
            if (node is FilterNode filter)
                (_groups is null ? _having : _where).Add(filter);
            else if (node is AggregateNode groups && _groups is null)
                _groups = groups;
            else
                throw Refused(plan.Syntax.From.Span, $"this step is not translated: {node.Describe()}");
        }
        // Filters of a query without groups are all WHERE.
        if (_groups is null)
        {
            _where.AddRange(_having);
            _having.Clear();
        }
        var name = ((SourceNode)node).Source.Name;
        _source = streams.GetValueOrDefault(name)
            ?? throw Refused(plan.Syntax.From.Span, $"{name} is not a stream of this script that is translated; tables are not read");
        CheckGroups();
    }

    /// <summary>The stream that it reads.</summary>
    public FlinkSource Source => _source;

    /// <summary>How long after a window's end late records count; null without windows.</summary>
    public TimeSpan? Grace => _groups is { Clause: { } window } ? QueryPlanner.GraceOf(window, isFinal: true) : null;

    /// <param name="sink">The stream or table that it writes.</param>
    /// <exception cref="FlinkRefusedException">An expression is not translated.</exception>
    public string Write(DataSource sink)
    {
        var slots = SourceSlots();
        var where = _where.Select(filter => new FlinkExpressions(slots, null).Condition(filter.Predicate)).ToList();
        return _groups is null ? Mapped(sink, slots, where) : Grouped(sink, _groups, slots, where);
    }

    private Dictionary<ColumnSlot, string> SourceSlots()
    {
        var source = (SourceNode)Leaf(_plan.Root);
        return source.Used.Where(use => _source.Fields.ContainsKey(use.Key))
            .ToDictionary(use => use.Value, use => FlinkText.Name(_source.Fields[use.Key]));
    }

    private static PlanNode Leaf(PlanNode node) => node.Inputs.Count == 0 ? node : Leaf(node.Inputs[0]);

    private string Mapped(DataSource sink, Dictionary<ColumnSlot, string> slots, List<string> where)
    {
        var expressions = new FlinkExpressions(slots, windowStart: null);
        var columns = _plan.Root.Layout.Slots.Zip(_plan.Root.Values, (slot, value) => (slot.Name, Text: expressions.Write(value)))
            .Concat(_plan.Schema.Keys.Select(key => (key.Name, Text: KeyText())));
        return Insert(sink, columns.Append(("", FlinkTables.Time)), FlinkText.Name(_source.Source.Name), where, "");
    }

    /// <summary>The key of a query without groups is its stream's.</summary>
    private string KeyText() => FlinkText.Name(_source.Fields[_source.Source.Schema.Keys[0].Name]);

    private string Grouped(DataSource sink, AggregateNode groups, Dictionary<ColumnSlot, string> slots, List<string> where)
    {
        var inner = new FlinkExpressions(slots, windowStart: null);
        var key = inner.Write(groups.GroupBy[0]);
        // ksqlDB leaves rows out whose group is NULL.
        where.Add($"{key} IS NOT NULL");
        var results = groups.GroupSlots.ToDictionary(slot => slot, _ => key);
        foreach (var use in groups.Aggregates)
            results[use.Result] = Aggregate(use, inner);
        if (groups.WindowStart is { } start)
            results[start] = Milliseconds("`window_start`");
        if (groups.WindowEnd is { } end)
            results[end] = Milliseconds("`window_end`");
        var outer = new FlinkExpressions(results, groups.WindowStart);
        var columns = _plan.Root.Layout.Slots.Zip(_plan.Root.Values, (slot, value) => (slot.Name, Text: outer.Write(value)));
        var having = _having.Select(filter => outer.Condition(filter.Predicate)).ToList();
        // The group's text and the window's start in 8 bytes, the highest first.
        var bytes = $"UNHEX(CONCAT(HEX({key}), LPAD(HEX({Milliseconds("`window_start`")}), 16, '0')))";
        var tail = $"\nGROUP BY {key}, `window_start`, `window_end`";
        if (having.Count > 0)
            tail += $"\nHAVING {string.Join(" AND ", having)}";
        var newest = $"MAX(CAST({FlinkTables.Time} AS TIMESTAMP_LTZ(3)))";
        return Insert(sink, columns.Prepend(("KEY", bytes)).Append(("", newest)), Window(groups.Clause!), where, tail);
    }

    private string Insert(DataSource sink, IEnumerable<(string Name, string Text)> columns, string from, List<string> where, string tail)
    {
        var named = columns.ToList();
        var targets = named.Select(column => column.Name.Length == 0 ? FlinkTables.Time : FlinkText.Name(column.Name));
        var condition = where.Count == 0 ? "" : $"\nWHERE {string.Join(" AND ", where)}";
        return $"INSERT INTO {FlinkText.Name(sink.Name)} ({string.Join(", ", targets)})\nSELECT\n  "
            + $"{string.Join(",\n  ", named.Select(column => column.Text))}\nFROM {from}{condition}{tail}";
    }

    private string Window(WindowClause window)
    {
        var table = $"TABLE {FlinkText.Name(_source.Source.Name)}, DESCRIPTOR({FlinkTables.Time})";
        return window.Kind == WindowKind.Tumbling
            ? $"TABLE(TUMBLE({table}, {FlinkText.Interval(window.Size)}))"
            : $"TABLE(HOP({table}, {FlinkText.Interval(window.Advance)}, {FlinkText.Interval(window.Size)}))";
    }

    /// <summary>Milliseconds since 1970 of a window's bound: windows begin and end at whole seconds.</summary>
    private static string Milliseconds(string bound) => $"(UNIX_TIMESTAMP(DATE_FORMAT({bound}, 'yyyy-MM-dd HH:mm:ss')) * 1000)";

    private static string Aggregate(AggregateUse use, FlinkExpressions expressions)
    {
        var arguments = use.Arguments.Select(expressions.Write).ToList();
        return (use.Function.Name, arguments) switch
        {
            ("COUNT", []) => "COUNT(*)",
            ("COUNT", [var value]) => $"COUNT({value})",
            ("MIN" or "MAX", [var value]) when IsNumber(use.Result.Type) => $"{use.Function.Name}({value})",
            // Of nothing but NULLs it is 0 in ksqlDB.
            ("SUM", [var value]) when IsNumber(use.Result.Type) => $"COALESCE(SUM({value}), 0)",
            _ => throw Refused(
                use.Arguments.Select(argument => argument.Span).FirstOrDefault(SourceSpan.None),
                $"the aggregate {use.Call} is not translated; COUNT, SUM, MIN and MAX of numbers are"),
        };
    }

    private static bool IsNumber(SqlType type) => type.Base is SqlBaseType.Integer or SqlBaseType.Bigint or SqlBaseType.Double;

    private void CheckGroups()
    {
        if (_groups is null)
            return;
        var at = _plan.Syntax.Span;
        if (_groups.Clause is not { } window)
            throw Refused(at, "GROUP BY without a window is not translated: its rows are changes of rows");
        if (window.Kind == WindowKind.Session)
            throw Refused(window.Span, "session windows are not translated");
        if (!_groups.IsFinal)
            throw Refused(
                at, "Flink gives a window's row once, when the window has closed; write EMIT FINAL, and GRACE PERIOD in the window");
        if (window.Size.Milliseconds != 0 || window.Advance.Milliseconds != 0 || window.Size.Ticks % window.Advance.Ticks != 0)
            throw Refused(window.Span, "windows are translated of whole seconds, and hopping ones by a part of their size");
        if (window.Size > FlinkText.LongestInterval || Grace > FlinkText.LongestInterval)
            throw Refused(window.Span, $"windows and grace are translated up to {FlinkText.LongestInterval.Days} days");
        if (_groups.GroupBy is not [{ Type.Base: SqlBaseType.String }])
            throw Refused(_plan.Syntax.GroupBy!.Span, "GROUP BY is translated of one text: Flink has the key's bytes of no other");
    }

    private static FlinkRefusedException Refused(SourceSpan at, string reason) => new(at, reason);
}
