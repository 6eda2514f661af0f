namespace SockSort.Sql.Engine.BuiltIn;

/// <summary>A row that a built-in query reads.</summary>
/// <param name="Input">The number of the input, from 0.</param>
/// <param name="Values">The columns of its SELECT: string, long, int, double, bool, or null.</param>
/// <param name="TimestampMs">Milliseconds since 1970, UTC.</param>
public sealed record BuiltInRow(int Input, IReadOnlyList<object?> Values, long TimestampMs)
{
    public string? Text(int column) => Values[column] as string;

    public double? Number(int column) => Values[column] as double?;

    public long? Whole(int column) => Values[column] as long?;
}
