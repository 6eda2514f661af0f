using System.Buffers.Binary;
using System.Text;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine;

/// <summary>The keys that a pull query's WHERE allows: with them it looks at those rows, and not at all of the table.</summary>
internal static class PullKeys
{
    /// <returns>As the keys lie in the topic, without a window; null where a row of any key may be asked for. WHERE still decides.</returns>
    /// <remarks>Only the KAFKA format has one form for each key: of others the topic may hold the same key in other bytes.</remarks>
    public static IReadOnlySet<SqlBytes>? Of(Expression? where, DataSource table)
    {
        if (where is null || table.KeyFormat.Kind != FormatKind.Kafka || table.Schema.Keys is not [var key] || Literals(where, key.Name) is not { } literals)
            return null;
        var keys = new HashSet<SqlBytes>();
        foreach (var literal in literals)
        {
            if (Bytes(literal, key.Type.Base) is not { } bytes)
                return null;
            _ = keys.Add(new SqlBytes(bytes));
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

    private static byte[]? Bytes(Expression literal, SqlBaseType type) => (literal, type) switch
    {
        (StringLiteral text, SqlBaseType.String) => Encoding.UTF8.GetBytes(text.Value),
        (IntegerLiteral number, SqlBaseType.Integer) => BigEndian(number.Value),
        (IntegerLiteral number, SqlBaseType.Bigint) => BigEndian((long)number.Value),
        (BigintLiteral number, SqlBaseType.Bigint) => BigEndian(number.Value),
        _ => null,
    };

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] BigEndian(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
