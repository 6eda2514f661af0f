using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Deploy.Flink;

/// <summary>Writes the groups of a query with windows: their keys, aggregates and bounds.</summary>
internal sealed class FlinkGroups
{
    // Of what the window table functions add to the rows.
    private static readonly string[] WindowColumns = ["window_start", "window_end", "window_time"];

    private readonly PlannedQuery _plan;
    private readonly AggregateNode _groups;
    private readonly WindowClause _window;
    private readonly FlinkSource _source;
    private readonly FlinkExpressions _expressions;
    private readonly List<string> _texts;

    /// <param name="expressions">Writes expressions over the stream's rows.</param>
    /// <exception cref="FlinkRefusedException">Flink has no such groups.</exception>
    public FlinkGroups(PlannedQuery plan, AggregateNode groups, FlinkSource source, FlinkExpressions expressions)
    {
        (_plan, _groups, _source, _expressions) = (plan, groups, source, expressions);
        _window = groups.Clause
            ?? throw Refused(plan.Syntax.Span, "GROUP BY without a window is not translated: its rows are changes of rows");
        Check();
        _texts = [.. groups.GroupBy.Select(expressions.Write)];
    }

    public bool IsSession => _window.Kind == WindowKind.Session;

    /// <summary>
    /// How far the watermark is behind, so that windows close with the record with which ksqlDB closes them: one as late as the window's
    /// end and the grace; of a session one that is later than that. Flink closes at the last millisecond before the end.
    /// </summary>
    public TimeSpan Behind => Grace + TimeSpan.FromMilliseconds(IsSession ? 2 : 1);

    /// <summary>ksqlDB leaves rows out whose group is NULL, or a part of it.</summary>
    public IEnumerable<string> IsKnown => _texts.Select(text => $"{text} IS NOT NULL");

    /// <summary>The columns of the rows that sessions are made of: the group's parts behind those of the stream.</summary>
    public IEnumerable<string> ViewColumns =>
    [
        .. _source.Columns.Select(FlinkText.Name), FlinkTables.Time, .. _texts.Zip(Parts, (text, part) => $"{text} AS {part}"),
    ];

    private TimeSpan Grace => QueryPlanner.GraceOf(_window, isFinal: true);

    /// <summary>The names of the group's parts in the view.</summary>
    private IEnumerable<string> Parts => Enumerable.Range(1, _texts.Count).Select(number => FlinkText.Name($"GROUP {number}"));

    private IReadOnlyList<string> Groups => IsSession ? [.. Parts] : _texts;

    /// <summary>The table function that gives each row its windows.</summary>
    public string Windows(string table)
    {
        var (time, size) = ($"DESCRIPTOR({FlinkTables.Time})", FlinkText.Interval(_window.Size));
        return _window.Kind switch
        {
            WindowKind.Tumbling => $"TABLE(TUMBLE(TABLE {table}, {time}, {size}))",
            WindowKind.Hopping => $"TABLE(HOP(TABLE {table}, {time}, {FlinkText.Interval(_window.Advance)}, {size}))",
            _ => $"TABLE(SESSION(TABLE {table} PARTITION BY ({string.Join(", ", Parts)}), {time}, {size}))",
        };
    }

    /// <summary>What is written: the key's bytes, the values, and the time of the newest record.</summary>
    public IEnumerable<(string Name, string Text)> Columns(DataSource sink)
    {
        var results = Results();
        return _plan.Root.Layout.Slots.Zip(_plan.Root.Values, (slot, value) => (FlinkText.Name(slot.Name), Text: results.Write(value)))
            .Prepend((FlinkTables.Key, KeyBytes(sink))).Append((FlinkTables.Time, $"MAX(CAST({FlinkTables.Time} AS TIMESTAMP_LTZ(3)))"));
    }

    /// <summary>GROUP BY and HAVING.</summary>
    public string Tail(IReadOnlyList<FilterNode> having)
    {
        var results = Results();
        var conditions = having.Select(filter => results.Condition(filter.Predicate)).ToList();
        var tail = $"\nGROUP BY {string.Join(", ", Groups)}, `window_start`, `window_end`";
        return conditions.Count == 0 ? tail : $"{tail}\nHAVING {string.Join(" AND ", conditions)}";
    }

    private FlinkExpressions Results()
    {
        var results = _groups.GroupSlots.Zip(Groups).ToDictionary(pair => pair.First, pair => pair.Second);
        foreach (var use in _groups.Aggregates)
            results[use.Result] = Aggregate(use);
        if (_groups.WindowStart is { } start)
            results[start] = Start;
        if (_groups.WindowEnd is { } end)
            results[end] = End;
        return new(results, _groups.WindowStart);
    }

    private string Start => Milliseconds("`window_start`");

    /// <summary>A session ends with its last record in ksqlDB, and a gap later in Flink.</summary>
    private string End => IsSession
        ? string.Create(CultureInfo.InvariantCulture, $"({Milliseconds("`window_end`")} - {_window.Size.TotalMilliseconds:0})")
        : Milliseconds("`window_end`");

    /// <summary>Milliseconds since 1970 of a window's bound. Only sessions begin and end between whole seconds.</summary>
    private string Milliseconds(string bound)
    {
        var seconds = $"UNIX_TIMESTAMP(DATE_FORMAT({bound}, 'yyyy-MM-dd HH:mm:ss')) * 1000";
        return IsSession ? $"({seconds} + EXTRACT(MILLISECOND FROM {bound}))" : $"({seconds})";
    }

    /// <summary>The group's bytes, then the window's start in 8 bytes, the highest first; of a session its end before that.</summary>
    private string KeyBytes(DataSource sink)
    {
        var bounds = IsSession ? $"{Eight(End)}, {Eight(Start)}" : Eight(Start);
        return $"UNHEX(CONCAT({GroupBytes(sink)}, {bounds}))";
    }

    private string GroupBytes(DataSource sink)
    {
        if (_groups.GroupBy.Count > 1)
            return JsonKey(sink);
        return _groups.GroupBy[0].Type.Base switch
        {
            SqlBaseType.String => $"HEX({Groups[0]})",
            SqlBaseType.Bigint => Eight(Groups[0]),
            _ => $"RIGHT({Eight($"CAST({Groups[0]} AS BIGINT)")}, 8)",
        };
    }

    private string JsonKey(DataSource sink)
    {
        var parts = sink.Schema.Keys.Select((key, number) => $"{FlinkText.Quote($"\"{Escaped(key.Name)}\":")}, {JsonOf(number)}");
        return $"HEX(CONCAT('{{', {string.Join(", ',', ", parts)}, '}}'))";
    }

    private static JsonEncodedText Escaped(string name) => JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);

    private string JsonOf(int number) => _groups.GroupBy[number].Type.Base == SqlBaseType.String
        ? $"JSON_STRING({Groups[number]})"
        : $"CAST({Groups[number]} AS STRING)";

    private static string Eight(string number) => $"LPAD(HEX({number}), 16, '0')";

    private string Aggregate(AggregateUse use)
    {
        var arguments = use.Arguments.Select(_expressions.Write).ToList();
        return (use.Function.Name, arguments) switch
        {
            ("COUNT", []) => "COUNT(*)",
            ("COUNT", [var value]) => $"COUNT({value})",
            ("MIN" or "MAX", [var value]) when IsNumber(use.Result.Type) => $"{use.Function.Name}({value})",
            // Of nothing but NULLs they are 0 in ksqlDB.
            ("SUM", [var value]) when IsNumber(use.Result.Type) => $"COALESCE(SUM({Added(use, value)}), 0)",
            ("AVG", [var value]) when IsNumber(use.Arguments[0].Type) => $"COALESCE(AVG(CAST({Added(use, value)} AS DOUBLE)), 0)",
            _ => throw Refused(
                use.Arguments.Select(argument => argument.Span).FirstOrDefault(SourceSpan.None),
                $"the aggregate {use.Call} is not translated; COUNT, SUM, AVG, MIN and MAX of numbers are"),
        };
    }

    /// <summary>Flink adds up parts of a window where windows overlap or sessions meet, which gives a DOUBLE other last digits.</summary>
    private string Added(AggregateUse use, string value) => IsAnyOrder(Uncast(use.Arguments[0]).Type)
        ? value
        : throw Refused(
            use.Arguments[0].Span,
            $"{use.Call} is translated in tumbling windows only: Flink adds a DOUBLE up in another order here, and its last digits differ");

    /// <summary>AVG takes whole numbers as DOUBLE.</summary>
    private static BoundExpression Uncast(BoundExpression argument) => argument is BoundCast cast ? cast.Operand : argument;

    /// <summary>Whether numbers give the same sum, whatever they are added in.</summary>
    private bool IsAnyOrder(SqlType type) => _window.Kind == WindowKind.Tumbling || type.Base != SqlBaseType.Double;

    private static bool IsGroup(SqlType type) => type.Base is SqlBaseType.String or SqlBaseType.Integer or SqlBaseType.Bigint;

    private static bool IsNumber(SqlType type) => type.Base is SqlBaseType.Integer or SqlBaseType.Bigint or SqlBaseType.Double;

    private void Check()
    {
        if (!_groups.IsFinal)
            throw Refused(
                _plan.Syntax.Span,
                "Flink gives a window's row once, when the window has closed; write EMIT FINAL, and GRACE PERIOD in the window");
        var isWhole = _window.Size.Milliseconds == 0 && _window.Advance.Milliseconds == 0;
        if (!IsSession && !(isWhole && _window.Size.Ticks % _window.Advance.Ticks == 0))
            throw Refused(_window.Span, "windows are translated of whole seconds, and hopping ones by a part of their size");
        if (_window.Size > FlinkText.LongestInterval || Grace > FlinkText.LongestInterval)
            throw Refused(_window.Span, $"windows and grace are translated up to {FlinkText.LongestInterval.Days} days");
        if (_groups.GroupBy.FirstOrDefault(part => !IsGroup(part.Type)) is { } other)
            throw Refused(
                other.Span, $"GROUP BY is translated of texts and whole numbers: Flink writes a key of {other.Type} in another way");
        if (_source.Columns.FirstOrDefault(column => WindowColumns.Contains(column)) is { } column)
            throw Refused(_plan.Syntax.From.Span, $"the stream's column '{column}' is called as one that Flink adds to windows: rename it");
    }

    /// <summary>Whether a table's topic gets keys that are written here.</summary>
    public static bool Writes(DataSource sink) =>
        (sink.Schema.Keys.Count, sink.KeyFormat.Kind) is (1, FormatKind.Kafka) or ( > 1, FormatKind.Json);

    private static FlinkRefusedException Refused(SourceSpan at, string reason) => new(at, reason);
}
