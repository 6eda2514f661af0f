using System.Buffers;
using System.Text;
using FsCheck.Xunit;
using SockSort.Sql.Formats;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Tests.Formats;

/// <summary>Rows that are put together directly have the bytes that the library's writer gives.</summary>
public class JsonPlainRowTests
{
    private static readonly FormatColumn[] Columns =
    [
        new("IMAGE", SqlType.String, 0), new("größe \"x\"", SqlType.Double, 1), new("SEQ", SqlType.Bigint, 2), new("N", SqlType.Integer, 3),
        new("OK", SqlType.Boolean, 4), new("AT", SqlType.Timestamp, 5),
    ];

    private static string Written(Slot[] row, bool writesPlainly)
    {
        var bytes = new ArrayBufferWriter<byte>();
        _ = new JsonRowWriter(Columns, isWrapped: true, writesPlainly).Write(row, bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static Slot[] Row(string? text, double real, long whole, int number, bool? flag) =>
        [Slot.Of(text), Slot.Of(real), Slot.Of(whole), Slot.Of((long)number), Slot.FromObject(flag), Slot.Of(whole)];

    [Property(MaxTest = 1000)]
    public void Rows_are_written_the_same(string? text, double real, long whole, int number, bool? flag)
    {
        var row = Row(text, real, whole, number, flag);

        Assert.Equal(Written(row, writesPlainly: false), Written(row, writesPlainly: true));
    }

    [Property(MaxTest = 1000)]
    public void Numbers_of_few_decimals_are_written_the_same(int number)
    {
        foreach (var divisor in (int[])[1, 2, 3, 7, 10, 100, 1000, 4096, 10_000, 1_000_000])
        {
            var row = Row("Google", (double)number / divisor, number, number, flag: true);

            Assert.Equal(Written(row, writesPlainly: false), Written(row, writesPlainly: true));
        }
    }

    [Theory]
    [InlineData("plain ~ !#[]{}")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("a\u007fb")]
    [InlineData("tab\t")]
    [InlineData("größer 😀")]
    [InlineData("<a href='x'>&amp;+")]
    [InlineData("")]
    public void Texts_are_written_the_same(string text)
    {
        foreach (var length in (int[])[1, 300, 3000])
        {
            var row = Row(string.Concat(Enumerable.Repeat(text, length)), 0.5, 1, 1, flag: null);

            Assert.Equal(Written(row, writesPlainly: false), Written(row, writesPlainly: true));
        }
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.0009999)]
    [InlineData(9_999_999.999999)]
    [InlineData(10_000_000)]
    [InlineData(0.1 + 0.2)]
    [InlineData(-0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.Epsilon)]
    public void Numbers_at_the_bounds_are_written_the_same(double value)
    {
        var row = Row("Google", value, long.MinValue, int.MaxValue, flag: false);

        Assert.Equal(Written(row, writesPlainly: false), Written(row, writesPlainly: true));
    }
}
