using System.Linq.Expressions;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>Compiles conversions: numbers are widened in place, everything else goes through <see cref="SqlCasts"/>.</summary>
internal static class CastCompiler
{
    public static Expression Compile(Expression value, SqlType from, SqlType to)
    {
        var widens = (from.Base, to.Base) is (SqlBaseType.Integer, SqlBaseType.Bigint or SqlBaseType.Double)
            or (SqlBaseType.Bigint, SqlBaseType.Double);
        if (widens)
            return Expression.Convert(value, to.ClrType);
        var converted = Expression.Call(
            ((Func<object?, SqlType, SqlType, object?>)SqlCasts.Convert).Method,
            Expression.Convert(value, typeof(object)), Expression.Constant(from, typeof(SqlType)),
            Expression.Constant(to, typeof(SqlType)));
        return Expression.Convert(converted, to.ClrType);
    }
}
