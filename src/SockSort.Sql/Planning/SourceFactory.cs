using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.JavaTime;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Planning;

/// <param name="Key">Format of keys where a statement names none.</param>
/// <param name="TopicPrefix">Prefix of the topic of a query that names none.</param>
public sealed record SourceDefaults(FormatKind Key, FormatKind? Value, bool WrapsSingleValues, string TopicPrefix);

/// <summary>Makes streams and tables from statements and checks what ksqlDB checks.</summary>
public sealed class SourceFactory(MetaStore meta, SourceDefaults defaults)
{
    /// <summary>Makes a source from <c>CREATE STREAM|TABLE name (columns) WITH (…)</c>.</summary>
    /// <exception cref="SqlException">Columns, formats or settings are wrong or do not fit together.</exception>
    public DataSource Create(CreateSource statement, SourceProperties with)
    {
        var schema = SchemaOf(statement);
        var topic = with.Topic ?? throw SourceErrors.MissingProperty("KAFKA_TOPIC", statement.NameSpan);
        var valueKind = with.ValueKind ?? defaults.Value ?? throw SourceErrors.MissingProperty("VALUE_FORMAT", statement.NameSpan);
        var key = new FormatSpec(with.KeyKind ?? defaults.Key, with.KeyDelimiter ?? ',');
        var value = new FormatSpec(
            valueKind, with.ValueDelimiter ?? ',', with.WrapsSingleValue ?? DefaultWrap(valueKind, schema.Values.Count));
        CheckDelimiters(key, value, with);
        CheckColumns(statement);
        if (schema.All.FirstOrDefault(column => PseudoColumns.IsReserved(column.Name)) is { } reserved)
            throw SourceErrors.ReservedName(
                reserved.Name, statement.Columns.FirstOrDefault(column => column.Name == reserved.Name)?.Span ?? statement.NameSpan);
        CheckHeaders(schema, statement);
        if (schema.Keys.Count == 0 && with.KeyKind is null)
            key = key with { Kind = FormatKind.Kafka };
        foreach (var column in schema.Keys.Where(column => column.Type.ContainsMap))
            throw PlanningErrors.MapInKey(column.Name, column.Type, statement.NameSpan);
        Check(key, value, schema, with, statement.NameSpan);
        var window = with.Window();
        if (window is not null && schema.Keys.Count == 0)
            throw SourceErrors.WindowedWithoutKey(statement.Name, with.SpanOf("WINDOW_TYPE"));
        return new(
            statement.Name, statement.IsTable, statement.IsReadOnly, schema, topic, key, value, window, Timestamp(with, schema), null,
            statement.Span.Text)
        {
            RowsKept = window is null ? null : with.RetentionTime,
        };
    }

    /// <summary>
    /// Makes a source from <c>CREATE … AS SELECT</c>: what the statement does not say comes from the first source of the query.
    /// </summary>
    /// <exception cref="SqlException">The formats cannot hold the columns, or the settings do not fit.</exception>
    public DataSource Create(CreateAsSelect statement, SourceProperties with, PlannedQuery plan, string queryId)
    {
        var first = plan.Sources[0].Source;
        var schema = plan.Schema;
        var key = KeyFormat(statement, with, plan, schema);
        var valueKind = with.ValueKind ?? first.ValueFormat.Kind;
        var delimiter = with.ValueDelimiter ?? (valueKind == first.ValueFormat.Kind ? first.ValueFormat.Delimiter : ',');
        var value = new FormatSpec(valueKind, delimiter, with.WrapsSingleValue ?? DefaultWrap(valueKind, schema.Values.Count));
        Check(key, value, schema, with, statement.NameSpan);
        RefuseStructuredState(plan.Root, value, statement.Query.Span);
        return new(statement.Name, statement.IsTable, false, schema, with.Topic
            ?? defaults.TopicPrefix + statement.Name, key, value, plan.Window,
            Timestamp(with, schema), queryId, statement.Span.Text)
        {
            RowsKept = statement.Query.Window is { } window
                ? QueryPlanner.RowsKeptBy(window, statement.Query.Emit == EmitMode.Final)
                : first.RowsKept,
        };
    }

    /// <summary>
    /// Finds the key's format: that of the first source that has a key, else the default (joins.json: stream-stream value-to-value -
    /// keyless).
    /// </summary>
    private FormatSpec KeyFormat(CreateAsSelect statement, SourceProperties with, PlannedQuery plan, SourceSchema schema)
    {
        if (schema.Keys.Count == 0 && with.KeyKind is { } named && named != FormatKind.None)
            throw SourceErrors.KeyFormatWithoutKey(statement.NameSpan);
        if (schema.Keys.Count == 0)
            return new(with.KeyKind ?? FormatKind.None);
        var inherited = plan.Sources.Select(source => source.Source.KeyFormat).FirstOrDefault(format => format.Kind != FormatKind.None)
            ?? new(defaults.Key);
        var kind = with.KeyKind ?? inherited.Kind;
        return new(kind, with.KeyDelimiter ?? (kind == inherited.Kind ? inherited.Delimiter : ','));
    }

    private bool? DefaultWrap(FormatKind kind, int columns) =>
        kind == FormatKind.Json && columns == 1 && !defaults.WrapsSingleValues ? false : null;

    /// <summary>Checks header columns: some by name, each once, and none after one of all headers; as in ksqlDB.</summary>
    private static void CheckHeaders(SourceSchema schema, CreateSource statement)
    {
        var doubled = schema.Headers.Where((column, i) => schema.Headers.Take(i)
            .Any(other => other.HeaderKey is null || other.HeaderKey == column.HeaderKey)).FirstOrDefault();
        if (doubled is not null)
            throw SourceErrors.HeadersTwice(
                doubled.Name, statement.Columns.First(written => written.Name == doubled.Name).Span);
        foreach (var column in schema.Headers)
        {
            SqlType expected = column.HeaderKey is null ? SqlType.ArrayOf(HeaderColumns.EntryType) : SqlType.Bytes;
            if (!column.Type.Equals(expected))
                throw SourceErrors.HeaderType(
                    column.Name, column.Type, expected, column.HeaderKey,
                    statement.Columns.First(written => written.Name == column.Name).Span);
        }
    }

    private static void Check(FormatSpec key, FormatSpec value, SourceSchema schema, SourceProperties with, SourceSpan at)
    {
        CheckDelimiters(key, value, with);
        RefuseSchemas(key, value, with);
        FormatRules.Check(key, schema.Keys, isKey: true, at);
        FormatRules.Check(value, schema.Values, isKey: false, at);
        FormatRules.CheckWrapping(value, schema.Values.Count, with.SpanOf("WRAP_SINGLE_VALUE"));
    }

    private static readonly string[] RegistrySettings =
    [
        "KEY_SCHEMA_ID", "VALUE_SCHEMA_ID", "KEY_SCHEMA_FULL_NAME", "VALUE_SCHEMA_FULL_NAME", "VALUE_AVRO_SCHEMA_FULL_NAME",
        "KEY_PROTOBUF_NULLABLE_REPRESENTATION", "VALUE_PROTOBUF_NULLABLE_REPRESENTATION",
    ];

    /// <summary>Refuses names of schemas for formats that have none.</summary>
    private static void RefuseSchemas(FormatSpec key, FormatSpec value, SourceProperties with)
    {
        if (Array.Find(RegistrySettings, with.Has) is { } name)
            throw SourceErrors.SchemaOfOtherFormat(name, name.StartsWith("KEY", StringComparison.Ordinal) ? key : value, with.SpanOf(name));
    }

    private static void CheckDelimiters(FormatSpec key, FormatSpec value, SourceProperties with)
    {
        if (with.ValueDelimiter is not null && value.Kind != FormatKind.Delimited)
            throw SourceErrors.DelimiterOfOtherFormat(value, "VALUE_DELIMITER", with.SpanOf("VALUE_DELIMITER"));
        if (with.KeyDelimiter is not null && key.Kind != FormatKind.Delimited)
            throw SourceErrors.DelimiterOfOtherFormat(key, "KEY_DELIMITER", with.SpanOf("KEY_DELIMITER"));
    }

    /// <summary>
    /// Refuses aggregates whose state the value's format cannot hold: ksqlDB keeps it in that format, and scripts that it refuses are
    /// refused here too.
    /// </summary>
    private static void RefuseStructuredState(PlanNode node, FormatSpec value, SourceSpan at)
    {
        if (value.Kind != FormatKind.Delimited)
            return;
        if (node is AggregateNode aggregate && aggregate.Aggregates.FirstOrDefault(use => use.Function.HasStructuredState) is { } use)
            throw SourceErrors.StateNotDelimited(use.Function.Name, at);
        foreach (var input in node.Inputs)
            RefuseStructuredState(input, value, at);
    }

    private static TimestampColumn? Timestamp(SourceProperties with, SourceSchema schema)
    {
        if (with.TimestampColumn is not { } name)
            return with.TimestampFormat is null
                ? null
                : throw CatalogErrors.WrongProperty("TIMESTAMP_FORMAT", "it needs TIMESTAMP", with.SpanOf("TIMESTAMP_FORMAT"));
        var at = with.SpanOf("TIMESTAMP");
        var column = schema.All.FirstOrDefault(column => column.Name == name)
            ?? throw SourceErrors.NoTimestampColumn(name, schema.All.Select(known => known.Name), at);
        var fits = column.Type.Base switch
        {
            SqlBaseType.Bigint or SqlBaseType.Timestamp => with.TimestampFormat is null,
            SqlBaseType.String => with.TimestampFormat is not null,
            _ => false,
        };
        if (!fits)
            throw SourceErrors.WrongTimestampColumn(name, column.Type, at);
        CheckPattern(with);
        return new(name, with.TimestampFormat);
    }

    private static void CheckPattern(SourceProperties with)
    {
        try
        {
            if (with.TimestampFormat is { } pattern)
                _ = JavaDateFormat.Of(pattern);
        }
        catch (FormatException error)
        {
            throw CatalogErrors.WrongProperty("TIMESTAMP_FORMAT", error.Message, with.SpanOf("TIMESTAMP_FORMAT"));
        }
    }

    /// <summary>Adds columns to a source by <c>ALTER STREAM|TABLE name ADD COLUMN …</c>.</summary>
    /// <param name="custom">Types made by <c>CREATE TYPE</c>.</param>
    /// <exception cref="SqlException">A column is there already, or its type does not exist.</exception>
    public static DataSource Alter(DataSource source, AlterSource statement, IReadOnlyDictionary<string, SqlType> custom)
    {
        if (statement.Added.FirstOrDefault(column => source.Schema.All.Any(known => known.Name == column.Name)) is { } doubled)
            throw PlanningErrors.ColumnExists(doubled.Name, doubled.Span);
        var types = new TypeResolver(custom);
        var added = statement.Added.Select(column => new SourceColumn(column.Name, types.Resolve(column.Type))).ToList();
        var schema = source.Schema;
        return source with { Schema = schema with { Values = [.. schema.Values, .. added], Declared = [.. schema.InOrder, .. added] } };
    }

    private static void CheckColumns(CreateSource statement)
    {
        foreach (var column in statement.Columns)
        {
            if (statement.IsTable && column.Role == ColumnRole.Key)
                throw SourceErrors.KeyInTable(column);
            if (!statement.IsTable && column.Role == ColumnRole.PrimaryKey)
                throw SourceErrors.PrimaryKeyInStream(column);
        }
        if (statement.Columns.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { } doubled)
            throw PlanningErrors.ColumnExists(doubled.Key, doubled.Last().Span);
        if (statement.Columns.Count == 0)
            throw SourceErrors.NoColumns(statement.Name, statement.NameSpan);
        if (statement.IsTable && statement.Columns.All(column => column.Role != ColumnRole.PrimaryKey))
            throw SourceErrors.TableWithoutKey(statement.NameSpan);
    }

    private SourceSchema SchemaOf(CreateSource statement)
    {
        var types = new TypeResolver(meta.Types);
        var columns = statement.Columns.Select(
            column => (column.Role, Column: new SourceColumn(column.Name, types.Resolve(column.Type), column.HeaderKey))).ToList();
        return new(
            [.. columns.Where(pair => pair.Role is ColumnRole.Key or ColumnRole.PrimaryKey).Select(pair => pair.Column)],
            [.. columns.Where(pair => pair.Role == ColumnRole.Value).Select(pair => pair.Column)],
            [.. columns.Where(pair => pair.Role == ColumnRole.Headers).Select(pair => pair.Column)])
        {
            Declared = [.. columns.Select(pair => pair.Column)],
        };
    }
}
