using System.Buffers;
using SockSort.Log;
using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Execution;
using SockSort.Sql.Formats;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine;

/// <summary>INSERT INTO … SELECT and INSERT INTO … VALUES.</summary>
internal sealed class InsertStatements(EngineCore core)
{
    public MessageResult Select(InsertSelect statement, SqlSession session)
    {
        var sink = core.Source(statement.Target, statement.NameSpan);
        if (sink.IsTable)
            throw StatementErrors.InsertIntoTable(sink.Name, statement.NameSpan);
        if (sink.IsReadOnly)
            throw StatementErrors.ReadOnlySource(sink.Name, sink.KindName, "insert into", statement.NameSpan);
        EngineCore.RefuseOwnTopic(sink.Topic, statement.NameSpan);
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

    /// <summary>What INSERT INTO … VALUES puts into which topic.</summary>
    public (string Topic, NewRecord Record) RecordOf(InsertValues statement)
    {
        var source = core.Source(statement.Target, statement.NameSpan);
        EngineCore.RefuseOwnTopic(source.Topic, statement.NameSpan);
        if (source.IsReadOnly)
            throw StatementErrors.ReadOnlySource(source.Name, source.KindName, "insert values into", statement.NameSpan);
        if (source.Window is not null)
            throw StatementErrors.InsertIntoWindowed(source.Name, source.KindName, statement.NameSpan);
        var headers = source.Schema.Headers.Select(header => header.Name).ToList();
        if (headers.Count > 0 && (statement.Columns.Count == 0 || statement.Columns.Any(headers.Contains)))
            throw StatementErrors.InsertIntoHeaders(source.Name, headers, statement.Span);
        var columns = statement.Columns.Count > 0
            ? statement.Columns
            : [.. source.Schema.Keys.Concat(source.Schema.Values).Select(column => column.Name)];
        if (columns.Count != statement.Values.Count)
            throw StatementErrors.WrongValueCount(statement.Values.Count, columns.Count, statement.Span);
        var given = new Dictionary<string, object?>();
        for (var i = 0; i < columns.Count; i++)
            given[columns[i]] = Value(source, columns[i], statement.Values[i]);
        if (source.IsTable && source.Schema.Keys.FirstOrDefault(key => given.GetValueOrDefault(key.Name) is null) is { } missing)
            throw StatementErrors.KeyValueMissing(missing.Name, statement.Span);
        var at = given.GetValueOrDefault(PseudoColumns.RowTime) is long time
            ? time
            : core.Options.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var key = Bytes(RowFormats.Writer(source.KeyFormat, Columns(source.Schema.Keys), isKey: true), source.Schema.Keys, given);
        var value = Bytes(RowFormats.Writer(source.ValueFormat, Columns(source.Schema.Values), isKey: false), source.Schema.Values, given);
        return (source.Topic, NewRecord.Of(at, key, value));
    }

    /// <summary>Names may differ; types and their order may not (insert-into.json).</summary>
    private static void CheckSchema(DataSource sink, PlannedQuery plan, InsertSelect statement)
    {
        var (expected, given) = (sink.Schema, plan.Schema);
        var fits = Types(expected.Keys).SequenceEqual(Types(given.Keys)) && expected.Values.Count == given.Values.Count
            && expected.Values.Zip(given.Values).All(pair => pair.First.Type.Equals(pair.Second.Type));
        if (!fits)
            throw StatementErrors.IncompatibleSchema(sink.Name, expected, given, statement.Query.Span);
    }

    private static IEnumerable<SqlType> Types(IEnumerable<SourceColumn> columns) => columns.Select(column => column.Type);

    private object? Value(DataSource source, string column, Expression expression)
    {
        var expected = source.Schema.All.FirstOrDefault(known => known.Name == column)?.Type
            ?? (column == PseudoColumns.RowTime ? SqlType.Bigint : null)
            ?? throw PlanningErrors.ColumnNotFound(column, $"{source.KindName} '{source.Name}'", source.Schema.All.Select(
                known => known.Name), expression.Span);
        var binder = new ExpressionBinder(core.Options.Functions, new TypeResolver(core.Meta.Types), new NoColumns());
        var bound = binder.Bind(expression);
        var converted = TryConvert(bound, expected, expression)
            ?? throw StatementErrors.WrongValueType(column, bound.Type, expected, expression.Span);
        try
        {
            return new ExpressionCompiler(core.FunctionContext, new ExpressionErrors()).Constant(converted);
        }
        catch (Exception error) when (error is FunctionException or FormatException or OverflowException or ArithmeticException)
        {
            throw StatementErrors.WrongValue(column, expected, error.Message, expression.Span);
        }
    }

    private static BoundExpression? TryConvert(BoundExpression bound, SqlType expected, Expression written)
    {
        if (bound.Type.Equals(expected) || Conversions.CanWiden(bound.Type, expected))
            return Conversions.To(bound, expected);
        if (bound.Type.IsNumeric && expected.IsNumeric && bound is BoundConstant)
            return new BoundCast(bound, expected, bound.Span);
        if (bound.Type.Base == SqlBaseType.String && expected.IsTemporal)
            return new BoundCast(bound, expected, bound.Span);
        try
        {
            if (bound.Type.Base == SqlBaseType.String && expected.Base == SqlBaseType.Bytes
                && bound is BoundConstant { Value: string text })
                return new BoundConstant(new SqlBytes(Convert.FromBase64String(text)), expected, bound.Span);
            return bound.Type.Base == expected.Base ? LiteralCoercion.Convert(bound, expected, written) : null;
        }
        catch (Exception error) when (error is SqlException or FormatException)
        {
            return null;
        }
    }

    private static List<FormatColumn> Columns(IReadOnlyList<SourceColumn> columns) =>
        [.. columns.Select((column, i) => new FormatColumn(column.Name, column.Type, i))];

    private static byte[]? Bytes(IRowWriter writer, IReadOnlyList<SourceColumn> columns, Dictionary<string, object?> given)
    {
        var row = columns.Select(column => Slot.FromObject(given.GetValueOrDefault(column.Name))).ToArray();
        var buffer = new ArrayBufferWriter<byte>();
        return columns.Count > 0 && writer.Write(row, buffer) ? buffer.WrittenSpan.ToArray() : null;
    }

    private sealed class NoColumns : INameScope
    {
        public BoundExpression Column(ColumnName column) => throw StatementErrors.ColumnInValues(column.Name, column.Span);
    }
}
