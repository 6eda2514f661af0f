using System.Buffers;
using SockSort.Sql.Binding;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Formats;
using SockSort.Sql.Planning;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Statements;

/// <summary>The row that <c>VALUES (…)</c> writes for a stream or table: each value of its column's type.</summary>
public sealed class ValuesRow
{
    private readonly Dictionary<string, object?> _given;

    private ValuesRow(DataSource source, Dictionary<string, object?> given) => (Source, _given) = (source, given);

    public DataSource Source { get; }

    /// <summary>The row's time in milliseconds since 1970; null where it names no ROWTIME.</summary>
    public long? RowTime => _given.GetValueOrDefault(PseudoColumns.RowTime) as long?;

    /// <summary>Start and end of the row's window in milliseconds since 1970; null where it does not name both.</summary>
    public (long Start, long End)? Window =>
        _given.GetValueOrDefault(PseudoColumns.WindowStart) is long start && _given.GetValueOrDefault(PseudoColumns.WindowEnd) is long end
            ? (start, end)
            : null;

    /// <summary>Whether a column of the value is not NULL.</summary>
    public bool HasValue => Source.Schema.Values.Any(column => _given.GetValueOrDefault(column.Name) is not null);

    /// <summary>The record's key, without a window; null for none.</summary>
    /// <param name="leftOut">Key to take the columns from that the row leaves out; null: those are NULL.</param>
    /// <exception cref="RecordException"><paramref name="leftOut"/> cannot be read.</exception>
    public byte[]? Key(ReadOnlyMemory<byte>? leftOut = null) => Bytes(Source.KeyFormat, Source.Schema.Keys, isKey: true, leftOut);

    /// <summary>The record's value; null for none.</summary>
    /// <param name="leftOut">Value to take the columns from that the row leaves out; null: those are NULL.</param>
    /// <exception cref="RecordException"><paramref name="leftOut"/> cannot be read.</exception>
    public byte[]? Value(ReadOnlyMemory<byte>? leftOut = null) =>
        Bytes(Source.ValueFormat, Source.Schema.Values, isKey: false, leftOut);

    /// <exception cref="SqlException">A value does not fit its column, or there is no such column.</exception>
    internal static ValuesRow Of(InsertValues statement, DataSource source, EngineCore core)
    {
        var columns = statement.Columns.Count > 0
            ? statement.Columns
            : [.. source.Schema.Keys.Concat(source.Schema.Values).Select(column => column.Name)];
        if (columns.Count != statement.Values.Count)
            throw InsertErrors.WrongValueCount(statement.Values.Count, columns.Count, statement.Span);
        var given = new Dictionary<string, object?>();
        for (var i = 0; i < columns.Count; i++)
        {
            if (!given.TryAdd(columns[i], ValueOf(source, columns[i], statement.Values[i], core)))
                throw InsertErrors.ColumnTwice(columns[i], statement.Values[i].Span);
        }
        var row = new ValuesRow(source, given);
        if (row.RowTime is < 0 and var time)
            throw InsertErrors.TimeBeforeEpoch(time, statement.Values[columns.ToList().IndexOf(PseudoColumns.RowTime)].Span);
        return row;
    }

    /// <summary>Requires the key of a table's row: as in ksqlDB each part is named, and one of several may be NULL, but not all.</summary>
    /// <exception cref="SqlException">A part of the key is missing.</exception>
    internal void RequireKey(SourceSpan at)
    {
        if (!Source.IsTable)
            return;
        var isAllNull = Source.Schema.Keys.All(key => _given.GetValueOrDefault(key.Name) is null);
        if (Source.Schema.Keys.FirstOrDefault(key => isAllNull || !_given.ContainsKey(key.Name)) is { } missing)
            throw InsertErrors.KeyValueMissing(missing.Name, at);
    }

    private static object? ValueOf(DataSource source, string column, Expression expression, EngineCore core)
    {
        var (bound, expected) = new ConstantBinder(core.Options.Functions, core.Meta.Types).Bind(source, column, expression);
        if (bound.Type.Base == SqlBaseType.Null)
            return null;
        var value = Compute(column, bound, expected, core);
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

    private static object? Compute(string column, BoundExpression bound, SqlType expected, EngineCore core)
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

    private byte[]? Bytes(FormatSpec format, IReadOnlyList<SourceColumn> columns, bool isKey, ReadOnlyMemory<byte>? leftOut)
    {
        FormatColumn[] all = [.. columns.Select((column, i) => new FormatColumn(column.Name, column.Type, i))];
        var row = new Slot[columns.Count];
        if (leftOut is { } bytes)
        {
            if (columns.All(column => !_given.ContainsKey(column.Name)))
                return bytes.ToArray();
            RowFormats.Reader(format, all, isKey).Read(bytes.Span, row);
        }
        for (var i = 0; i < row.Length; i++)
        {
            if (leftOut is null || _given.ContainsKey(columns[i].Name))
                row[i] = Slot.FromObject(_given.GetValueOrDefault(columns[i].Name));
        }
        var buffer = new ArrayBufferWriter<byte>();
        return RowFormats.Writer(format, all, isKey).Write(row, buffer) ? buffer.WrittenSpan.ToArray() : null;
    }
}
