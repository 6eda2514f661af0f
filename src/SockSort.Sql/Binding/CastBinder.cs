using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Binding;

/// <summary>Binds <c>CAST</c>, and knows which types it converts into which.</summary>
internal static class CastBinder
{
    /// <exception cref="SqlException">There is no such cast.</exception>
    public static BoundExpression Bind(BoundExpression operand, SqlType type, SourceSpan span)
    {
        if (operand.Type.Base == SqlBaseType.Null)
            return new BoundConstant(null, type, span);
        if (operand.Type.Equals(type))
            return operand with { Span = span };
        return Supports(operand.Type, type) ? new BoundCast(operand, type, span) : throw BindingErrors.NoCast(operand.Type, type, span);
    }

    private static bool Supports(SqlType from, SqlType to) => (from, to) switch
    {
        (_, { Base: SqlBaseType.String }) => from.Base != SqlBaseType.Bytes,
        ({ IsNumeric: true }, { IsNumeric: true }) => true,
        ({ Base: SqlBaseType.String }, { IsNumeric: true } or { Base: SqlBaseType.Boolean } or { IsTemporal: true }) => true,
        ({ Base: SqlBaseType.Timestamp }, { IsTemporal: true }) or ({ Base: SqlBaseType.Date }, { Base: SqlBaseType.Timestamp }) => true,
        (ArrayType a, ArrayType b) => Same(a.Element, b.Element),
        (MapType a, MapType b) => Same(a.Key, b.Key) && Same(a.Value, b.Value),
        // Fields of the target that the source lacks become NULL (cast.json: struct to struct with different schema).
        (StructType a, StructType b) =>
            b.Fields.All(member => a.IndexOf(member.Name) is var i && (i < 0 || Same(a.Fields[i].Type, member.Type))),
        _ => false,
    };

    private static bool Same(SqlType from, SqlType to) => from.Equals(to) || Supports(from, to);
}
