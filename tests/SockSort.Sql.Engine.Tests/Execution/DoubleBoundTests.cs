using System.Globalization;
using FsCheck.Xunit;
using SockSort.Sql.Engine.Execution;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Tests.Execution;

/// <summary>A DOUBLE beside a decimal literal.</summary>
public sealed class DoubleBoundTests
{
    private const string Source = "CREATE STREAM s (d DOUBLE, id INT) WITH (kafka_topic='s', value_format='JSON', partitions=1);\n";

    [Property(MaxTest = 1000)]
    public void It_is_compared_digit_by_digit(double value, decimal bound, int whole)
    {
        var near = (double)whole / 1000;
        var literals = (decimal[])[bound, whole, whole / 1000m, (decimal)near, (whole / 1000m) + 0.00000000000000000001m];

        foreach (var literal in literals)
        {
            var digits = BigDecimal.Parse(literal.ToString(CultureInfo.InvariantCulture));
            foreach (var number in ((double[])[value, near, Math.BitIncrement(near), Math.BitDecrement(near)]).Where(double.IsFinite))
                Assert.Equal(BigDecimal.FromDouble(number).CompareTo(digits), new DoubleBound(digits).Compare(number));
        }
    }

    [Theory]
    [InlineData("d > 0.8", "2,3")]
    [InlineData("0.8 < d", "2,3")]
    [InlineData("d >= 0.8", "1,2,3")]
    [InlineData("d <= 0.8", "0,1")]
    [InlineData("0.8 > d", "0")]
    [InlineData("d = 0.8", "1")]
    [InlineData("d <> 0.8", "0,2,3")]
    [InlineData("d IS DISTINCT FROM 0.8", "0,2,3,4")]
    public async Task Each_comparison_takes_its_rows(string condition, string ids)
    {
        await using var sql = await SqlHost.StartAsync($"{Source}SELECT id FROM s WHERE {condition} EMIT CHANGES;");

        foreach (var (value, id) in ((string, int)[])[("0.7", 0), ("0.8", 1), ("0.8000000000000002", 2), ("1e300", 3), ("null", 4)])
            sql.Send("s", $$"""{"D":{{value}},"ID":{{id}}}""");

        Assert.Equal(ids, string.Join(',', sql.Rows()));
    }

    [Fact]
    public async Task What_is_no_number_passes_no_comparison_and_is_told()
    {
        await using var sql = await SqlHost.StartAsync($"{Source}SELECT id FROM s WHERE d > 0.8 EMIT CHANGES;");

        sql.Send("s", """{"D":"Infinity","ID":1}""");
        sql.Send("s", """{"D":"NaN","ID":2}""");

        Assert.Empty(sql.Rows());
        Assert.Equal(2, sql.Engine.Metrics().Values.Single().Expressions.Count);
    }
}
