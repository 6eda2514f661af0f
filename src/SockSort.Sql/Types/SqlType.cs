
namespace SockSort.Sql.Types;

public enum SqlBaseType
{
    Boolean,
    Integer,
    Bigint,
    Decimal,
    Double,
    String,
    Bytes,
    Date,
    Time,
    Timestamp,
    Array,
    Map,
    Struct,

    /// <summary>The type of <c>NULL</c>: fits where any other does; no column has it.</summary>
    Null,

    /// <summary>The type of a lambda, inside calls only.</summary>
    Lambda,

    /// <summary>The type of a unit of time, inside calls only.</summary>
    TimeUnit,
}

/// <summary>A type of SQL; compared by structure.</summary>
/// <remarks>
/// Printed as ksqlDB's messages do: <c>DECIMAL(4, 2)</c>, <c>MAP&lt;STRING, BIGINT&gt;</c>, <c>STRUCT&lt;`F0` STRING&gt;</c>.
/// </remarks>
public record SqlType(SqlBaseType Base)
{
    public static readonly SqlType Boolean = new(SqlBaseType.Boolean);
    public static readonly SqlType Integer = new(SqlBaseType.Integer);
    public static readonly SqlType Bigint = new(SqlBaseType.Bigint);
    public static readonly SqlType Double = new(SqlBaseType.Double);
    public static readonly SqlType String = new(SqlBaseType.String);
    public static readonly SqlType Bytes = new(SqlBaseType.Bytes);
    public static readonly SqlType Date = new(SqlBaseType.Date);
    public static readonly SqlType Time = new(SqlBaseType.Time);
    public static readonly SqlType Timestamp = new(SqlBaseType.Timestamp);
    public static readonly SqlType Null = new(SqlBaseType.Null);
    public static readonly SqlType Lambda = new(SqlBaseType.Lambda);
    public static readonly SqlType TimeUnit = new(SqlBaseType.TimeUnit);

    public bool IsNumeric => Base is SqlBaseType.Integer or SqlBaseType.Bigint or SqlBaseType.Decimal or SqlBaseType.Double;

    public bool IsTemporal => Base is SqlBaseType.Date or SqlBaseType.Time or SqlBaseType.Timestamp;

    /// <summary>True for a map, and for a type that holds one.</summary>
    public bool ContainsMap => this switch
    {
        MapType => true,
        ArrayType array => array.Element.ContainsMap,
        StructType row => row.Fields.Any(member => member.Type.ContainsMap),
        _ => false,
    };

    /// <summary>
    /// The type of its values in compiled expressions; null values included: <c>int?</c>, <c>string</c>, <see cref="SqlArray"/>.
    /// </summary>
    public Type ClrType => Base switch
    {
        SqlBaseType.Boolean => typeof(bool?),
        SqlBaseType.Integer => typeof(int?),
        SqlBaseType.Bigint => typeof(long?),
        SqlBaseType.Double => typeof(double?),
        SqlBaseType.Decimal => typeof(BigDecimal),
        SqlBaseType.String => typeof(string),
        SqlBaseType.Bytes => typeof(SqlBytes),
        SqlBaseType.Date => typeof(SqlDate?),
        SqlBaseType.Time => typeof(SqlTime?),
        SqlBaseType.Timestamp => typeof(SqlTimestamp?),
        SqlBaseType.Array => typeof(SqlArray),
        SqlBaseType.Map => typeof(SqlMap),
        SqlBaseType.Struct => typeof(SqlStruct),
        SqlBaseType.TimeUnit => typeof(TimeUnit?),
        _ => typeof(object),
    };

    public static DecimalType Decimal(int precision, int scale) => new(precision, scale);

    public static ArrayType ArrayOf(SqlType element) => new(element);

    public static MapType MapOf(SqlType key, SqlType value) => new(key, value);

    public static StructType StructOf(IEnumerable<StructField> fields) => new([.. fields]);

    public sealed override string ToString() => Shown;

    /// <summary>The type as messages print it.</summary>
    protected virtual string Shown => Base == SqlBaseType.TimeUnit ? "INTERVALUNIT" : Base.ToString().ToUpperInvariant();
}

/// <param name="Precision">The number of digits, from 1.</param>
/// <param name="Scale">Digits after the point, 0..precision.</param>
public sealed record DecimalType(int Precision, int Scale) : SqlType(SqlBaseType.Decimal)
{
    protected override string Shown => $"DECIMAL({Precision}, {Scale})";

    /// <summary>Finds the narrowest type that holds both without loss.</summary>
    public DecimalType Widened(DecimalType other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return new(Math.Max(Precision - Scale, other.Precision - other.Scale) + scale, scale);
    }
}

public sealed record ArrayType(SqlType Element) : SqlType(SqlBaseType.Array)
{
    protected override string Shown => $"ARRAY<{Element}>";
}

public sealed record MapType(SqlType Key, SqlType Value) : SqlType(SqlBaseType.Map)
{
    protected override string Shown => $"MAP<{Key}, {Value}>";
}

public sealed record StructField(string Name, SqlType Type);

public sealed record StructType(IReadOnlyList<StructField> Fields) : SqlType(SqlBaseType.Struct)
{
    /// <summary>Finds the index of the field of that name; -1 for none.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Name == name)
                return i;
        }
        return -1;
    }

    public bool Equals(StructType? other) => other is not null && Fields.SequenceEqual(other.Fields);

    public override int GetHashCode() => Fields.Aggregate(17, HashCode.Combine);

    protected override string Shown => $"STRUCT<{string.Join(", ", Fields.Select(member => $"`{member.Name}` {member.Type}"))}>";
}
