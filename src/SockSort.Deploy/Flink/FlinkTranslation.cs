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
    private readonly List<FlinkJob> _jobs = [];
    private readonly List<FlinkPassedOver> _passedOver = [];
    private readonly List<FlinkRefusal> _refusals = [];

    private FlinkTranslation(FlinkTables tables) => _tables = tables;

    /// <summary>Translates a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="bootstrap">Kafka's address as Flink's machines reach it, <c>kafka:9092</c>.</param>
    /// <param name="idleTimeout">
    /// How long windows wait for a partition that has no records; zero for ever, since such a partition may yet bring old ones.
    /// </param>
    /// <param name="login">How jobs log in to Kafka; null for <see cref="FlinkLogin.None"/>.</param>
    /// <exception cref="FlinkException">Something in the script cannot be done alike.</exception>
    /// <exception cref="SqlException">A statement is wrong.</exception>
    public static FlinkProgram Of(KsqlScript script, string bootstrap, TimeSpan idleTimeout, FlinkLogin? login = null)
    {
        login ??= FlinkLogin.None;
        var translation = new FlinkTranslation(new(bootstrap, login, idleTimeout));
        foreach (var statement in script.Statements)
            translation.Try(statement.Statement.Span, () => translation.Take(statement));
        return translation._refusals.Count == 0
            ? new(script.Name, login, translation._jobs, translation._passedOver)
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

    private void Take(ScriptStatement statement)
    {
        if (statement.PassedOver is { } reason)
        {
            _passedOver.Add(new(statement.Line, statement.What, reason));
            return;
        }
        switch (statement.Statement)
        {
            case CreateSource create:
                Create(create);
                _passedOver.Add(new(statement.Line, statement.What, "a table of the jobs that read it"));
                break;
            case CreateAsSelect create:
                CreateAs(create, statement);
                break;
            case InsertSelect insert:
                Insert(insert, statement);
                break;
            case CreateConnector:
                _passedOver.Add(new(statement.Line, statement.What, "'socksort deploy connect' brings it to Kafka Connect"));
                break;
            // Types are in the columns that have them.
            case CreateType type:
                _passedOver.Add(new(statement.Line, statement.What, "in the columns that have it"));
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

    private FlinkSource Add(DataSource source, IReadOnlyDictionary<string, string> fields, SourceSpan at)
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
        foreach (var column in source.Schema.All)
            _ = FlinkText.Type(column.Type, at);
        return _streams[source.Name] = new(source, fields, at);
    }

    private void CreateAs(CreateAsSelect create, ScriptStatement statement)
    {
        var plan = Plan(create.Query, create.Name, statement);
        var sink = new SourceFactory(_meta, Defaults).Create(create, new SourceProperties(create.With), plan, queryId: create.Name);
        if (_meta.Find(sink.Name) is not null)
            throw new FlinkRefusedException(
                create.NameSpan, $"{sink.Name} is made a second time: each would be a job of its own, and both would write its topic");
        _meta.Put(sink);
        var query = Read(plan, statement);
        if (sink.Timestamp is not null)
            throw new FlinkRefusedException(create.NameSpan, "TIMESTAMP is not translated");
        if (sink.IsTable && (sink.ValueFormat.Kind != FormatKind.Json || !FlinkGroups.Writes(sink)))
            throw new FlinkRefusedException(
                create.NameSpan,
                "a table's topic is translated with values in JSON, and keys in KAFKA, or in JSON where they have several parts");
        if (sink.IsTable && sink.Schema.Values.Any(column => column.Name == FlinkTables.Key.Trim('`')))
            throw new FlinkRefusedException(
                create.NameSpan, $"a column {FlinkTables.Key} is not translated: the key's bytes are called so in Flink");
        var table = sink.IsTable
            ? _tables.Windowed(sink, create.NameSpan)
            : _tables.Written(Add(sink, sink.Schema.All.ToDictionary(column => column.Name, column => column.Name), create.NameSpan));
        Add(statement, query, sink, table);
    }

    private void Insert(InsertSelect insert, ScriptStatement statement)
    {
        var plan = Plan(insert.Query, insert.Target, statement);
        if (!_streams.TryGetValue(insert.Target, out var target))
            throw new FlinkRefusedException(insert.NameSpan, $"{insert.Target} is not a stream of this script that is translated");
        if (target.Fields.Any(field => field.Key != field.Value))
            throw new FlinkRefusedException(
                insert.NameSpan, $"ksqlDB would write the fields of {insert.Target} in upper case: write its columns so, in back-quotes");
        Add(statement, Read(plan, statement), target.Source, _tables.Written(target));
    }

    private void Add(ScriptStatement statement, FlinkQuery query, DataSource sink, string table)
    {
        var number = 1 + _jobs.Count(job => job.What == statement.What);
        var tables = new[] { _tables.Read(query.Source, query.Reading), query.ViewFor(sink), table };
        _jobs.Add(new(statement, number, [.. tables.OfType<string>()], query.Write(sink)));
    }

    private PlannedQuery Plan(Query query, string sink, ScriptStatement statement) =>
        new QueryPlanner(_meta, Functions, statement.Properties, keysFollowProjection: false).Plan(query, new SinkRequest(sink));

    private FlinkQuery Read(PlannedQuery plan, ScriptStatement statement)
    {
        var fromBeginning = statement.Properties.Any(
            property => property.Key.EndsWith("auto.offset.reset", StringComparison.Ordinal) && property.Value == "earliest");
        return new FlinkQuery(plan, _streams, fromBeginning);
    }
}
