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
            || Literals(where, key.Name) is not { } literals)
            return null;
        var writer = RowFormats.Writer(table.KeyFormat, [new FormatColumn(key.Name, key.Type, 0)], isKey: true);
        var keys = new HashSet<SqlBytes>();
        foreach (var literal in literals)
        {
            if (ValueOf(literal, key.Type.Base) is not { } value)
                return null;
            var bytes = new ArrayBufferWriter<byte>();
            _ = writer.Write([value], bytes);
            _ = keys.Add(new SqlBytes(bytes.WrittenSpan.ToArray()));
        }
        return keys;
    }

    /// <summary>Whether WHERE names the values of all key columns, whatever their format.</summary>
    public static bool Names(Expression? where, DataSource table) =>
        where is not null && table.Schema.Keys.Count > 0 && table.Schema.Keys.All(key => Literals(where, key.Name) is not null);

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

    private static IEnumerable<Expression>? Literals(Expression condition, string key) => condition switch
    {
        Comparison { Operator: "=", Left: ColumnName name, Right: var literal } when name.Name == key => [literal],
        Comparison { Operator: "=", Left: var literal, Right: ColumnName name } when name.Name == key => [literal],
        InList { Negated: false, Operand: ColumnName name, Items: var items } when name.Name == key => items,
        Logical { Operator: "AND", Left: var left, Right: var right } => Literals(left, key) ?? Literals(right, key),
        Logical { Operator: "OR", Left: var left, Right: var right } =>
            Literals(left, key) is { } some && Literals(right, key) is { } others ? some.Concat(others) : null,
        _ => null,
    };

    private static Slot? ValueOf(Expression literal, SqlBaseType type) => (literal, type) switch
    {
        (StringLiteral text, SqlBaseType.String) => Slot.Of(text.Value),
        (IntegerLiteral number, SqlBaseType.Integer or SqlBaseType.Bigint) => Slot.Of((long)number.Value),
        (BigintLiteral number, SqlBaseType.Bigint) => Slot.Of(number.Value),
        _ => null,
    };
}
