namespace SockSort.Sql.Types;

/// <param name="Days">Days since 1970-01-01.</param>
public readonly record struct SqlDate(int Days) : IComparable<SqlDate>
{
    public int CompareTo(SqlDate other) => Days.CompareTo(other.Days);
}

/// <param name="Milliseconds">Milliseconds since midnight, 0..86 399 999.</param>
public readonly record struct SqlTime(int Milliseconds) : IComparable<SqlTime>
{
    public int CompareTo(SqlTime other) => Milliseconds.CompareTo(other.Milliseconds);
}

/// <param name="Milliseconds">Milliseconds since 1970-01-01T00:00:00Z.</param>
public readonly record struct SqlTimestamp(long Milliseconds) : IComparable<SqlTimestamp>
{
    public int CompareTo(SqlTimestamp other) => Milliseconds.CompareTo(other.Milliseconds);
}

/// <summary>A unit as an argument of <c>DATEADD</c> and the like.</summary>
internal enum TimeUnit
{
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}
