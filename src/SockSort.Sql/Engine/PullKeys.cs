using System.Buffers;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine;

/// <summary>The keys that a pull query's WHERE allows: with them it looks at those rows, and not at all of the table.</summary>
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
