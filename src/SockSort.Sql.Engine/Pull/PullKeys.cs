using System.Buffers;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Pull;

/// <summary>Finds the keys that a pull query's WHERE allows: with them only those rows are read, and not all of the table.</summary>
internal static class PullKeys
{
    /// <returns>
    /// As the keys lie in the topic, without a window; null where a row of any key may be asked for. WHERE still decides.
    /// </returns>
    /// <remarks>Only the KAFKA format has one form for each key: of others the topic may hold the same key in other bytes.</remarks>
    public static IReadOnlySet<SqlBytes>? Of(Expression? where, DataSource table)
    {
        if (where is null || table.KeyFormat.Kind != FormatKind.Kafka || table.Schema.Keys is not [var key]
            || Looked(where, key.Name) is not { } constants)
            return null;
        var writer = RowFormats.Writer(table.KeyFormat, [new FormatColumn(key.Name, key.Type, 0)], isKey: true);
        var keys = new HashSet<SqlBytes>();
        foreach (var constant in constants)
        {
            if (ValueOf(constant, key.Type.Base) is not { } value)
                return null;
            var bytes = new ArrayBufferWriter<byte>();
            _ = writer.Write([value], bytes);
            _ = keys.Add(new SqlBytes(bytes.WrittenSpan.ToArray()));
        }
        return keys;
    }

    /// <summary>Whether WHERE names the values of all key columns, whatever their format.</summary>
    public static bool Names(Expression? where, DataSource table) =>
        where is not null && table.Schema.Keys.Count > 0 && table.Schema.Keys.All(key => Looked(where, key.Name) is not null);

    /// <summary>Whether WHERE compares a key column otherwise than by <c>=</c> and <c>IN</c>.</summary>
    public static bool HasRange(Expression? where, DataSource table) =>
        where is not null && SyntaxRewriter.Parts(where).Any(part => part switch
        {
            Comparison { Operator: "<" or "<=" or ">" or ">=" } comparison =>
                IsKey(comparison.Left, table) || IsKey(comparison.Right, table),
            Between between => IsKey(between.Operand, table),
            _ => false,
        });

    private static bool IsKey(Expression expression, DataSource table) =>
        expression is ColumnName column && table.Schema.Keys.Any(key => key.Name == column.Name);

    /// <summary>Whether WHERE compares the single key, a STRING, with one constant by order, and with nothing else.</summary>
    public static bool IsOneRange(Expression? where, DataSource table) => where is not null
        && table.Schema.Keys is [{ Type.Base: SqlBaseType.String } key]
        && Terms(where).Where(term => Names(term, key.Name)).ToList() is [Comparison { Operator: "<" or "<=" or ">" or ">=" } range]
        && (Is(range.Left, key.Name) && IsConstant(range.Right) || Is(range.Right, key.Name) && IsConstant(range.Left));

    /// <summary>The constants that WHERE wants a key to be by <c>=</c> and <c>IN</c>; null where it may be another.</summary>
    public static IEnumerable<Expression>? Looked(Expression condition, string key) => condition switch
    {
        Comparison { Operator: "=", Left: var left, Right: var right } when Is(left, key) && IsConstant(right) => [right],
        Comparison { Operator: "=", Left: var left, Right: var right } when Is(right, key) && IsConstant(left) => [left],
        InList { Negated: false, Operand: var operand, Items: var items } when Is(operand, key) && items.All(IsConstant) => items,
        Logical { Operator: "AND", Left: var left, Right: var right } => Looked(left, key) ?? Looked(right, key),
        Logical { Operator: "OR", Left: var left, Right: var right } =>
            Looked(left, key) is { } some && Looked(right, key) is { } others ? some.Concat(others) : null,
        _ => null,
    };

    private static IEnumerable<Expression> Terms(Expression condition) =>
        condition is Logical { Operator: "AND" } both ? Terms(both.Left).Concat(Terms(both.Right)) : [condition];

    private static bool Is(Expression expression, string key) => expression is ColumnName column && column.Name == key;

    private static bool IsConstant(Expression expression) => !SyntaxRewriter.Parts(expression).Any(part => part is ColumnName);

    private static bool Names(Expression term, string key) => SyntaxRewriter.Parts(term).Any(part => Is(part, key));

    private static Slot? ValueOf(Expression literal, SqlBaseType type) => (literal, type) switch
    {
        (StringLiteral text, SqlBaseType.String) => Slot.Of(text.Value),
        (IntegerLiteral number, SqlBaseType.Integer or SqlBaseType.Bigint) => Slot.Of((long)number.Value),
        (BigintLiteral number, SqlBaseType.Bigint) => Slot.Of(number.Value),
        _ => null,
    };
}
