using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SockSort.Sql.Formats;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Tests.Formats;

/// <summary>Records that are read by the shape of the ones before give what they give token by token, errors included.</summary>
public class JsonShapeTests
{
    private static readonly FormatColumn[] Columns =
    [
        new("IMAGE", SqlType.String, 0), new("PROBABILITY", SqlType.Double, 1), new("SEQ", SqlType.Bigint, 2), new("N", SqlType.Integer, 3),
        new("OK", SqlType.Boolean, 4), new("PRICE", new DecimalType(6, 2), 5), new("TAGS", new ArrayType(SqlType.String), 6),
        new("UNREAD", SqlType.Bigint, -1), new("At", SqlType.Timestamp, 7), new("RAW", SqlType.Bytes, 8),
    ];

    private static readonly string[] Names =
    [
        "image", "IMAGE", "Image", "probability", "seq", "SEQ", "n", "ok", "price", "tags", "unread", "UNREAD", "at", "At", "raw", "other",
        "im\\u0061ge", "", "x\\\"y", "größe",
    ];

    private static readonly string[] Values =
    [
        "\"Google\"", "\"GitHub\"", "\"\"", "\"a longer text than sixteen bytes\"", "\"grün\"", "\"a\\nb\"", "\"\\u00e4\"", "\"\\ud800\"",
        "\"\\x\"", "\"tab\there\"", "\"open",
        "0", "-0", "1", "-1", "01", "1.", ".5", "-", "+1", "75.12", "-0.5", "1e3", "1E-3", "1e", "2.5e+2",
        "123456789012345", "1234567890123456",
        "0.1234567890123456789", "999999999999999999", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "4294967297", "1e400", "true", "false", "null", "nul", "trueX", "\"12\"", "\" 12 \"", "\"1e1\"", "\"NaN\"",
        "\"true\"", "[]", "[\"a\",\"b\"]", "[1,[2,{\"a\":null}]]", "[1,", "{}", "{\"a\":{\"b\":[1,2]}}", "{\"a\":1,}", "[1 2]", "\"AQID\"",
        "",
        "\"TWFueSBoYW5kcyBtYWtlIGxpZ2h0IHdvcmsu\"",
    ];

    private static readonly string[] Spaces = ["", "", "", "", " ", "\n  ", "\t", "\u00a0"];

    private static readonly string[] Ends = ["}", "}", "}", "}", " }", "} ", "}x", "}}", "", ",}", "]"];

    private static readonly Gen<byte[]> Records =
        from count in Gen.Choose(0, 4)
        from fields in Gen.ArrayOf(Field(), count)
        from start in Gen.Frequency((20, Gen.Constant("{")), (1, Gen.Elements(" {", "[", "", "\ufeff{", "null", "{{", "1")))
        from end in Gen.Elements(Ends)
        select Encoding.UTF8.GetBytes(start + string.Join(",", fields) + end);

    /// <summary>Bytes that are no UTF-8, or other bytes than those that were written.</summary>
    private static readonly Gen<byte[]> Damaged =
        from record in Records
        from at in Gen.Choose(0, Math.Max(0, record.Length - 1))
        from value in Gen.Elements<byte>(0xFF, 0xC3, 0, (byte)'"', (byte)'\\', (byte)',', (byte)':', (byte)'7')
        select record.Select((known, i) => i == at ? value : known).ToArray();

    /// <summary>Each record comes twice: the second time its shape is known.</summary>
    private static readonly Gen<byte[][]> Topics =
        from records in Gen.ArrayOf(Gen.Frequency((4, Records), (1, Damaged)), 12)
        from order in Gen.Shuffle(records.Concat(records).ToArray())
        select order;

    private static Gen<string> Field() =>
        from name in Gen.Elements(Names)
        from value in Gen.Elements(Values)
        from before in Gen.Elements(Spaces)
        from after in Gen.Elements(Spaces)
        select $"{before}\"{name}\":{after}{value}";

    [Property(MaxTest = 500)]
    public Property A_record_reads_the_same_with_shapes_and_without() => Prop.ForAll(
        Topics.ToArbitrary(),
        records =>
        {
            var (shapes, tokens) = (new JsonRowReader(Columns, isWrapped: true), new JsonRowReader(Columns, true, learnsShapes: false));
            foreach (var record in records)
                Assert.Equal(Shown(tokens, record), Shown(shapes, record));
        });

    [Property(MaxTest = 500)]
    public Property Numbers_read_the_same_with_shapes_and_without() => Prop.ForAll(
        ArbMap.Default.ArbFor<(double, long, decimal)>(),
        numbers =>
        {
            var (shapes, tokens) = (new JsonRowReader(Columns, isWrapped: true), new JsonRowReader(Columns, true, learnsShapes: false));
            foreach (var text in Texts(numbers))
            {
                var record = Encoding.UTF8.GetBytes($$"""{"probability":{{text}},"seq":{{text}},"n":{{text}},"unread":{{text}}}""");
                Assert.Equal(Shown(tokens, record), Shown(shapes, record));
            }
        });

    [Fact]
    public void Values_deeper_than_the_limit_are_refused_at_the_same_depth()
    {
        var (shapes, tokens) = (new JsonRowReader(Columns, isWrapped: true), new JsonRowReader(Columns, true, learnsShapes: false));

        foreach (var depth in (int[])[1, 62, 63, 64, 65])
        {
            var record = Encoding.UTF8.GetBytes($$"""{"other":{{new string('[', depth)}}{{new string(']', depth)}},"seq":1}""");
            Assert.Equal(Shown(tokens, record), Shown(shapes, record));
        }
    }

    [Fact]
    public void Of_two_mistakes_the_first_in_the_record_is_told_whether_or_not_its_shape_is_known()
    {
        var (shapes, tokens) = (new JsonRowReader(Columns, isWrapped: true), new JsonRowReader(Columns, true, learnsShapes: false));

        foreach (var record in (string[])["""{"ok":true,"seq":1}""", """{"ok":01,"seq":1}""", """{"ok":"yes","seq":1x}"""])
            Assert.Equal(Shown(tokens, Encoding.UTF8.GetBytes(record)), Shown(shapes, Encoding.UTF8.GetBytes(record)));
    }

    private static IEnumerable<string> Texts((double Double, long Long, decimal Decimal) numbers)
    {
        if (double.IsFinite(numbers.Double))
            yield return numbers.Double.ToString("R", CultureInfo.InvariantCulture);
        yield return numbers.Long.ToString(CultureInfo.InvariantCulture);
        yield return numbers.Decimal.ToString(CultureInfo.InvariantCulture);
        yield return (numbers.Long / 1000m).ToString(CultureInfo.InvariantCulture);
        yield return ((numbers.Long % 1_000_000_000_000) / 1000m).ToString("0.000", CultureInfo.InvariantCulture);
    }

    /// <summary>The row as text, or the error: which, and what it says.</summary>
    private static string Shown(JsonRowReader reader, byte[] record)
    {
        var row = new Slot[9];
        // What a row held before must not shine through.
        Array.Fill(row, Slot.Of("before"));
        try
        {
            reader.Read(record, row);
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            return $"{error.GetType().Name}: {error.Message}, {(error as RecordException)?.Shown}";
        }
        return string.Join(
            "; ", Columns.Where(column => column.Slot >= 0).Select(column => Shown(row[column.Slot].ToObject(column.Type.Base))));
    }

    private static string Shown(object? value) => value switch
    {
        null => "NULL",
        double number => BitConverter.DoubleToInt64Bits(number).ToString(CultureInfo.InvariantCulture),
        _ => SqlText.Of(value),
    };
}
