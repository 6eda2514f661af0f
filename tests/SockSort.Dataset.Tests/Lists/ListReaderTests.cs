using System.Text;
using SockSort.Dataset.Lists;

namespace SockSort.Dataset.Tests.Lists;

public sealed class ListReaderTests
{
    [Fact]
    public void Line_ends_of_all_systems_and_a_missing_last_one_are_read()
    {
        var (lines, problems) = Read("0\t0\ta.jpg\r\n1\t1\tb.jpg\r2\t2\tc.jpg\n3\t3\td.jpg");

        Assert.Empty(problems);
        Assert.Equal([(0ul, "a.jpg"), (1ul, "b.jpg"), (2ul, "c.jpg"), (3ul, "d.jpg")], lines.Select(line => (line.Id, line.Path)));
    }

    [Theory]
    [InlineData("+1", 1)]
    [InlineData(" 2 ", 2)]
    [InlineData("1_0", 10)]
    [InlineData("007", 7)]
    [InlineData("\u0663", 3)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void Ids_are_read_in_every_form_of_python(string id, ulong expected) =>
        Assert.Equal([expected], Read($"{id}\t0\ta.jpg\n").Lines.Select(line => line.Id));

    [Theory]
    [InlineData("x", "line 1 has the id 'x', expected a whole number")]
    [InlineData("1.0", "line 1 has the id '1.0', expected a whole number")]
    [InlineData("0x4", "line 1 has the id '0x4', expected a whole number")]
    [InlineData("1__0", "line 1 has the id '1__0', expected a whole number")]
    [InlineData("_1", "line 1 has the id '_1', expected a whole number")]
    [InlineData("1_", "line 1 has the id '1_', expected a whole number")]
    [InlineData("\ufeff0", "line 1 begins with a byte order mark (BOM) before the id 0: save the list as UTF-8 without one")]
    [InlineData("-1", "line 1 has the id -1, expected 0 to 18446744073709551615")]
    [InlineData("18446744073709551616", "line 1 has the id 18446744073709551616, expected 0 to 18446744073709551615")]
    public void Other_ids_are_named(string id, string problem) => Assert.Equal([problem], Read($"{id}\t0\ta.jpg\n").Problems);

    [Theory]
    [InlineData("1e0", 1f)]
    [InlineData(" .5", 0.5f)]
    [InlineData("5.", 5f)]
    [InlineData("1_0", 10f)]
    [InlineData("inf", float.PositiveInfinity)]
    [InlineData("-Infinity", float.NegativeInfinity)]
    [InlineData("1e39", float.PositiveInfinity)]
    [InlineData("-nan", float.NaN)]
    public void Labels_are_read_in_every_form_of_python(string label, float expected) =>
        Assert.Equal([expected], Read($"1\t{label}\ta.jpg\n").Lines.Single().Labels);

    [Theory]
    [InlineData("sock")]
    [InlineData("0x1")]
    [InlineData("1,5")]
    [InlineData("")]
    [InlineData("1 0")]
    [InlineData("e5")]
    public void Other_labels_are_named(string label) =>
        Assert.Equal([$"line 1 has the label '{label}', expected a number"], Read($"1\t{label}\ta.jpg\n").Problems);

    [Fact]
    public void A_line_at_fault_does_not_stop_the_next()
    {
        var (lines, problems) = Read("one two\n\n1\ta.jpg\n2\t0\tb.jpg\n");

        Assert.Equal([2ul], lines.Select(line => line.Id));
        Assert.Equal(
            [
                "line 1 has 1 of at least three fields (id TAB label TAB path): one two",
                "line 2 is blank, expected id TAB label TAB path",
                "line 3 has 2 of at least three fields (id TAB label TAB path): 1\ta.jpg",
            ],
            problems);
    }

    [Theory]
    [InlineData("0 1 class-a/1.jpg", "blanks")]
    [InlineData("0,1,class-a/1.jpg", "commas")]
    [InlineData("0;1;class-a/1.jpg", "semicolons")]
    public void Fields_that_are_parted_by_something_else_are_told_to_be(string line, string by) =>
        Assert.Equal(
            [$"line 1 has 1 of at least three fields (id TAB label TAB path): {line}; its fields are parted by {by}: part them by TABs"],
            Read(line + "\n").Problems);

    [Fact]
    public void A_list_of_UTF16_is_told_to_be_one_and_not_taken_apart()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("0\t0\ta.jpg\n1\t1\tb.jpg\n")];

        var (lines, problems) = Read(bytes);

        Assert.Empty(lines);
        Assert.Equal("line 1 is UTF-16 (every other byte is 0): save the list as UTF-8", problems[0]);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_line_where_that_is_asked_for()
    {
        using var reader = new ListReader(new MemoryStream([.. Encoding.UTF8.Preamble, .. "0\t3\ta.jpg\n"u8])) { SkipsMark = true };

        Assert.True(reader.TryRead(out var line, out _));

        Assert.Equal((0ul, 3f, "a.jpg"), (line!.Id, line.Labels[0], line.Path));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_a_problem_of_their_line_only()
    {
        var (lines, problems) = Read([.. "1\t0\tclass-a/"u8, 0xe9, .. ".jpg\n2\t0\tb.jpg\n"u8]);

        Assert.Equal(["b.jpg"], lines.Select(line => line.Path));
        Assert.Equal(["line 1 is not UTF-8: 1\t0\tclass-a/\u00e9.jpg"], problems);
    }

    [Fact]
    public void A_line_without_end_is_named_and_dropped_without_being_kept()
    {
        var (lines, problems) = Read([.. Enumerable.Repeat((byte)'x', 1 << 20), .. "\n2\t0\tb.jpg\n"u8]);

        Assert.Equal(["b.jpg"], lines.Select(line => line.Path));
        Assert.Equal(["line 1 is longer than 65536 bytes, expected id TAB label TAB path"], problems);
    }

    private static (List<ListLine> Lines, List<string> Problems) Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static (List<ListLine> Lines, List<string> Problems) Read(byte[] bytes)
    {
        using var reader = new ListReader(new MemoryStream(bytes));
        var lines = new List<ListLine>();
        var problems = new List<string>();
        while (reader.TryRead(out var line, out var problem))
        {
            if (line is not null)
                lines.Add(line);
            if (problem is not null)
                problems.Add($"line {problem.Number} {problem.Problem}");
        }
        return (lines, problems);
    }
}
