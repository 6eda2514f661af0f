using System.Buffers;
using SockSort.Log;
using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Formats;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Statements;

/// <summary>Runs INSERT INTO … SELECT and INSERT INTO … VALUES.</summary>
internal sealed class InsertStatements(EngineCore core)
{
    public MessageResult Select(InsertSelect statement, SqlSession session)
    {
        var sink = core.Source(statement.Target, statement.NameSpan);
        if (sink.IsTable)
            throw InsertErrors.IntoTable(sink.Name, statement.NameSpan);
        if (sink.IsReadOnly)
            throw StatementErrors.ReadOnlySource(sink.Name, sink.KindName, "insert into", statement.NameSpan);
        OwnTopics.RefuseToWrite(sink.Topic, statement.NameSpan);
        SourceStatements.RefuseLimit(statement.Query, "INSERT INTO … SELECT");
        var plan = core.Plan(statement.Query, new(sink.Name), session);
        if (plan.IsTable)
            throw StatementErrors.ResultKind(sink.Name, plan.IsTable, statement.NameSpan);
        CheckSchema(sink, plan, statement);
        var id = core.NextQueryId("INSERTQUERY", "", session);
        var query = core.StartPersistent(id, statement.Span.Text, plan, sink, session);
        return new($"Created query with ID {id}", query.Note is null ? [] : [query.Note], id);
    }

    public MessageResult Values(InsertValues statement)
    {
        var (topic, record) = RecordOf(statement);
        _ = core.Log.Append(topic, [record]);
        return new("");
    }

    /// <summary>Makes the record of an INSERT INTO … VALUES, and names its topic.</summary>
    public (string Topic, NewRecord Record) RecordOf(InsertValues statement)
    {
        var source = core.Source(statement.Target, statement.NameSpan);
        OwnTopics.RefuseToWrite(source.Topic, statement.NameSpan);
        if (source.IsReadOnly)
            throw StatementErrors.ReadOnlySource(source.Name, source.KindName, "insert values into", statement.NameSpan);
        if (source.Window is not null)
            throw InsertErrors.IntoWindowed(source.Name, source.KindName, statement.NameSpan);
        var headers = source.Schema.Headers.Select(header => header.Name).ToList();
        if (headers.Count > 0 && (statement.Columns.Count == 0 || statement.Columns.Any(headers.Contains)))
            throw InsertErrors.IntoHeaders(source.Name, headers, statement.Span);
        var columns = statement.Columns.Count > 0
            ? statement.Columns
            : [.. source.Schema.Keys.Concat(source.Schema.Values).Select(column => column.Name)];
        if (columns.Count != statement.Values.Count)
            throw InsertErrors.WrongValueCount(statement.Values.Count, columns.Count, statement.Span);
        var given = new Dictionary<string, object?>();
        for (var i = 0; i < columns.Count; i++)
            given[columns[i]] = Value(source, columns[i], statement.Values[i]);
        RequireKey(source, given, statement.Span);
        var at = given.GetValueOrDefault(PseudoColumns.RowTime) is long time
            ? time
            : core.Options.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var key = Bytes(RowFormats.Writer(source.KeyFormat, Columns(source.Schema.Keys), isKey: true), source.Schema.Keys, given);
        var value = Bytes(RowFormats.Writer(source.ValueFormat, Columns(source.Schema.Values), isKey: false), source.Schema.Values, given);
        return (source.Topic, NewRecord.Of(at, key, value));
    }

    /// <summary>Checks that a query's result fits the sink: names may differ, types and their order may not (insert-into.json).</summary>
    private static void CheckSchema(DataSource sink, PlannedQuery plan, InsertSelect statement)
    {
        var (expected, given) = (sink.Schema, plan.Schema);
        var fits = Types(expected.Keys).SequenceEqual(Types(given.Keys)) && expected.Values.Count == given.Values.Count
            && expected.Values.Zip(given.Values).All(pair => pair.First.Type.Equals(pair.Second.Type));
        if (!fits)
            throw InsertErrors.IncompatibleSchema(sink.Name, expected, given, statement.Query.Span);
    }

    /// <summary>Requires the key of a table's row: as in ksqlDB each part is named, and one of several may be NULL, but not all.</summary>
    private static void RequireKey(DataSource source, Dictionary<string, object?> given, SourceSpan at)
    {
        if (!source.IsTable)
            return;
        var isAllNull = source.Schema.Keys.All(key => given.GetValueOrDefault(key.Name) is null);
        if (source.Schema.Keys.FirstOrDefault(key => isAllNull || !given.ContainsKey(key.Name)) is { } missing)
            throw InsertErrors.KeyValueMissing(missing.Name, at);
    }

    private static IEnumerable<SqlType> Types(IEnumerable<SourceColumn> columns) => columns.Select(column => column.Type);

    private object? Value(DataSource source, string column, Expression expression)
    {
        var (bound, expected) = new ConstantBinder(core.Options.Functions, core.Meta.Types).Bind(source, column, expression);
        if (bound.Type.Base == SqlBaseType.Null)
            return null;
        var value = Compute(column, bound, expected);
        try
        {
            return Coercion.Convert(value, expected);
        }
        catch (FormatException error)
        {
            throw bound.Type.Base == SqlBaseType.String && expected.IsTemporal
                ? InsertErrors.WrongValue(column, expected, error.Message, expression.Span)
                : InsertErrors.WrongValueType(
                    column, expected, Coercion.Shown(value!), bound.Type, Reason(error.Message, bound.Type, expected), expression.Span);
        }
    }

    private object? Compute(string column, BoundExpression bound, SqlType expected)
    {
        try
        {
            return new ExpressionCompiler(core.FunctionContext, new ExpressionErrors()).Constant(bound);
        }
        catch (Exception error) when (error is FunctionException or FormatException or OverflowException or ArithmeticException)
        {
            throw InsertErrors.WrongValue(column, expected, error.Message, bound.Span);
        }
    }

    /// <summary>The part of a problem that the types alone do not say; null where they say it all.</summary>
    private static string? Reason(string problem, SqlType type, SqlType expected) =>
        type.Base == expected.Base || expected.Base is SqlBaseType.Decimal or SqlBaseType.Bytes ? problem : null;

    private static List<FormatColumn> Columns(IReadOnlyList<SourceColumn> columns) =>
        [.. columns.Select((column, i) => new FormatColumn(column.Name, column.Type, i))];

    private static byte[]? Bytes(IRowWriter writer, IReadOnlyList<SourceColumn> columns, Dictionary<string, object?> given)
    {
        var row = columns.Select(column => Slot.FromObject(given.GetValueOrDefault(column.Name))).ToArray();
        var buffer = new ArrayBufferWriter<byte>();
        return writer.Write(row, buffer) ? buffer.WrittenSpan.ToArray() : null;
    }
}
