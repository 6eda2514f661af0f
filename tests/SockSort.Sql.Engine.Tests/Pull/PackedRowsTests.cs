using SockSort.Sql.Engine.Pull;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Tests.Pull;

/// <summary>An answer's rows as bytes.</summary>
public class PackedRowsTests
{
    [Fact]
    public void Rows_of_all_types_are_the_same_again_however_often_they_are_read()
    {
        var rows = new PackedRows([
            SqlBaseType.Boolean, SqlBaseType.Integer, SqlBaseType.Bigint, SqlBaseType.Double, SqlBaseType.String, SqlBaseType.Bytes,
            SqlBaseType.Date, SqlBaseType.Time, SqlBaseType.Timestamp, SqlBaseType.Decimal, SqlBaseType.Array,
        ]);
        object?[] full =
        [
            true, -7, long.MaxValue, 0.1, "Söckchen", new SqlBytes([0, 255]), new SqlDate(19_000), new SqlTime(1), new SqlTimestamp(-1),
            BigDecimal.Parse("12.340"), new SqlArray([1, null, "x"]),
        ];

        rows.Add(full);
        rows.Add(new object?[full.Length]);

        Assert.Equal([full, new object?[full.Length]], rows);
        Assert.Equal(full, rows[0]);
    }

    [Fact]
    public void Many_rows_and_long_ones_come_in_their_order_and_are_counted()
    {
        var rows = new PackedRows([SqlBaseType.String, SqlBaseType.Integer]);
        object?[][] expected = [.. Enumerable.Range(0, 3000).Select(i => new object?[] { new string('s', LengthOf(i)), i })];

        foreach (var row in expected)
            rows.Add(row);

        Assert.Equal(expected, rows);
        Assert.Equal(3000, rows.Count);
        Assert.InRange(rows.Bytes, 30 * 60_000, 31 * 62_000);
    }

    private static int LengthOf(int number) => number % 100 == 0 ? 60_000 : number % 50;
}
