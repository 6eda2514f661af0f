using SockSort.Sql.Types;

namespace SockSort.Sql.Functions;

/// <summary>Maps the CLR type of a function's body to the SQL type that it stands for.</summary>
internal static class ClrTypes
{
    /// <exception cref="FormatException">The CLR type stands for no single SQL type: the signature must be written out.</exception>
    public static TypePattern PatternOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(BigDecimal) => new DecimalPattern(),
        var t when t == typeof(SqlStruct) => new StructPattern(),
        var t => new ExactPattern(TypeOf(t)),
    };

    public static SqlType TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(bool) => SqlType.Boolean,
        var t when t == typeof(int) => SqlType.Integer,
        var t when t == typeof(long) => SqlType.Bigint,
        var t when t == typeof(double) => SqlType.Double,
        var t when t == typeof(string) => SqlType.String,
        var t when t == typeof(SqlBytes) => SqlType.Bytes,
        var t when t == typeof(SqlDate) => SqlType.Date,
        var t when t == typeof(SqlTime) => SqlType.Time,
        var t when t == typeof(SqlTimestamp) => SqlType.Timestamp,
        var t when t == typeof(TimeUnit) => SqlType.TimeUnit,
        _ => throw new FormatException($"{type.Name} stands for no single SQL type: write the signature out"),
    };
}
