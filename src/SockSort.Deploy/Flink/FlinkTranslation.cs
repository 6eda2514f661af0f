using SockSort.Deploy.KsqlDb;
using SockSort.Sql;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Functions;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Deploy.Flink;

/// <summary>Translates a script to Flink SQL: all of it so that it gives the same there, or nothing.</summary>
public sealed class FlinkTranslation
{
    private static readonly FunctionRegistry Functions = new();
    private static readonly SourceDefaults Defaults = new(FormatKind.Kafka, null, WrapsSingleValues: true, TopicPrefix: "");

    private readonly MetaStore _meta = new();
    private readonly FlinkTables _tables;
    private readonly Dictionary<string, FlinkSource> _streams = new(StringComparer.Ordinal);
    private readonly List<string> _windowed = [];
    private readonly List<string> _inserts = [];
    private readonly List<FlinkRefusal> _refusals = [];

    private FlinkTranslation(string bootstrap) => _tables = new(bootstrap);

    /// <summary>Translates a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="bootstrap">Kafka's address as Flink's machines reach it, <c>kafka:9092</c>.</param>
    /// <returns>Statements in their order, without semicolons.</returns>
    /// <exception cref="FlinkException">Something in the script cannot be done alike.</exception>
    /// <exception cref="SqlException">A statement is wrong.</exception>
    public static IReadOnlyList<string> Of(KsqlScript script, string bootstrap)
    {
        var translation = new FlinkTranslation(bootstrap);
        foreach (var statement in script.Statements.Where(statement => statement.PassedOver is null))
            translation.Try(statement.Statement.Span, () => translation.Take(statement));
        var streams = translation.Streams();
        return translation._refusals.Count == 0
            ? ["SET 'table.local-time-zone' = 'UTC'", .. streams, .. translation._windowed, .. translation._inserts]
            : throw new FlinkException(script.Name, translation._refusals);
    }

    private void Try(SourceSpan statement, Action translate)
    {
        try
        {
            translate();
        }
        catch (FlinkRefusedException error)
        {
            var refusal = error.Refusal;
            _refusals.Add(refusal.At.Source is null ? refusal with { At = statement } : refusal);
        }
    }

    private List<string> Streams()
    {
        var tables = new List<string>();
        foreach (var stream in _streams.Values)
            Try(stream.At, () => tables.Add(_tables.Stream(stream)));
        return tables;
    }

    private void Take(ScriptStatement statement)
    {
        switch (statement.Statement)
        {
            case CreateSource create:
                Create(create);
                break;
            case CreateAsSelect create:
                CreateAs(create, statement);
                break;
            case InsertSelect insert:
                Insert(insert, statement);
                break;
            // Connectors are brought to Kafka Connect; types are in the columns that have them.
            case CreateConnector:
                break;
            case CreateType type:
                _meta.PutType(type.Name, new TypeResolver(_meta.Types).Resolve(type.Type));
                break;
            default:
                throw new FlinkRefusedException(statement.Statement.Span, "this statement is not translated");
        }
    }

    private void Create(CreateSource create)
    {
        var with = new SourceProperties(create.With);
        var source = new SourceFactory(_meta, Defaults).Create(create, with);
        _meta.Put(source);
        // ksqlDB finds a field in any case, Flink as it is written.
        var fields = create.Columns.ToDictionary(column => column.Name, column => Written(column), StringComparer.Ordinal);
        Add(source, fields, create.NameSpan);
    }

    private static string Written(ColumnDefinition column)
    {
        var text = column.Span.Text;
        return text[0] == '`' ? column.Name : text.Split(default(char[]), 2)[0];
    }

    private void Add(DataSource source, IReadOnlyDictionary<string, string> fields, SourceSpan at)
    {
        if (source.IsTable)
            throw new FlinkRefusedException(at, "tables are not translated, but for windows of a stream");
        if (source.ValueFormat is not { Kind: FormatKind.Json, IsWrapped: not false })
            throw new FlinkRefusedException(at, $"values in {source.ValueFormat.Name} are not translated; JSON objects are");
        if (source.Window is not null || source.Timestamp is not null || source.Schema.Headers.Count > 0)
            throw new FlinkRefusedException(at, "windowed keys, TIMESTAMP and HEADERS are not translated");
        var isKnownKey = source.Schema.Keys is [] or [{ Type.Base: SqlBaseType.String }];
        if (!isKnownKey || (source.Schema.Keys.Count > 0 && source.KeyFormat.Kind != FormatKind.Kafka))
            throw new FlinkRefusedException(at, "keys are translated that are one text in the format KAFKA");
        _streams[source.Name] = new(source, fields, at);
    }

    private void CreateAs(CreateAsSelect create, ScriptStatement statement)
    {
        var plan = Plan(create.Query, create.Name, statement);
        var sink = new SourceFactory(_meta, Defaults).Create(create, new SourceProperties(create.With), plan, queryId: create.Name);
        _meta.Put(sink);
        var query = Read(plan, statement);
        if (sink.Timestamp is not null)
            throw new FlinkRefusedException(create.NameSpan, "TIMESTAMP is not translated");
        if (sink.IsTable)
        {
            if (sink.ValueFormat.Kind != FormatKind.Json || sink.KeyFormat.Kind != FormatKind.Kafka)
                throw new FlinkRefusedException(create.NameSpan, "a table's topic is translated with keys in KAFKA and values in JSON");
            _windowed.Add(_tables.Windowed(sink, create.NameSpan));
        }
        else
            Add(sink, sink.Schema.All.ToDictionary(column => column.Name, column => column.Name), create.NameSpan);
        _inserts.Add(query.Write(sink));
    }

    private void Insert(InsertSelect insert, ScriptStatement statement)
    {
        var plan = Plan(insert.Query, insert.Target, statement);
        if (!_streams.TryGetValue(insert.Target, out var target))
            throw new FlinkRefusedException(insert.NameSpan, $"{insert.Target} is not a stream of this script that is translated");
        if (target.Fields.Any(field => field.Key != field.Value))
            throw new FlinkRefusedException(
                insert.NameSpan, $"ksqlDB would write the fields of {insert.Target} in upper case: write its columns so, in back-quotes");
        _inserts.Add(Read(plan, statement).Write(target.Source));
    }

    private PlannedQuery Plan(Query query, string sink, ScriptStatement statement) =>
        new QueryPlanner(_meta, Functions, statement.Properties, keysFollowProjection: false).Plan(query, new SinkRequest(sink));

    private FlinkQuery Read(PlannedQuery plan, ScriptStatement statement)
    {
        var query = new FlinkQuery(plan, _streams);
        var fromBeginning = statement.Properties.Any(
            property => property.Key.EndsWith("auto.offset.reset", StringComparison.Ordinal) && property.Value == "earliest");
        var source = query.Source;
        if ((source.FromBeginning ?? fromBeginning) != fromBeginning)
            throw new FlinkRefusedException(
                plan.Syntax.From.Span, "another query reads this stream from elsewhere: in Flink all readers of a table begin alike");
        if (source.Grace is { } other && query.Grace is { } grace && other != grace)
            throw new FlinkRefusedException(
                plan.Syntax.From.Span, $"another query waits {other} for late records of this stream: a table of Flink has one grace");
        source.FromBeginning = fromBeginning;
        source.Grace ??= query.Grace;
        return query;
    }
}
