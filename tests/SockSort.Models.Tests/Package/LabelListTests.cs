using System.Text;
using SockSort.Models.Package;
using SockSort.Testing;

namespace SockSort.Models.Tests.Package;

public sealed class LabelListTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("a\nb\nc")]
    [InlineData("\ufeffa\r\nb\r\nc\r\n\r\n\r\n")]
    [InlineData("a \n b\nc\t\n  \n")]
    [InlineData("0 a\n1 b\n2 c\n")]
    [InlineData("1 a\n2 b\n3 c\n")]
    [InlineData("2: c\n0: a\n1: b\n")]
    [InlineData("0,a\n1,b\n2,c\n")]
    [InlineData("0\ta\n1\tb\n2\tc\n")]
    public void Labels_are_read_without_marks_blanks_and_numbers(string text) => Assert.Equal(["a", "b", "c"], Read(text));

    [Theory]
    [InlineData("3 Musketeers\n4 Seasons\n")]
    [InlineData("0 a\nb\n")]
    [InlineData("0 a\n0 b\n")]
    [InlineData("7\n8\n")]
    public void Labels_that_begin_with_numbers_and_are_no_numbered_list_stay(string text) =>
        Assert.Equal(text.TrimEnd().Split('\n'), Read(text));

    [Fact]
    public void UTF16_with_its_mark_is_read()
    {
        File.WriteAllText(_temp.File("labels.txt"), "a\r\nb\r\n", Encoding.Unicode);

        Assert.Equal(["a", "b"], ModelPackage.ReadLabels(_temp.File("labels.txt")));
    }

    [Theory]
    [InlineData("", "the file is empty, expected one label a line")]
    [InlineData("a\n\nb\n", "line 2 is empty, expected a label")]
    [InlineData("a\na \n", "the label 'a' stands there twice")]
    public void What_is_no_list_of_labels_is_named(string text, string problem) =>
        Assert.Equal(problem, Assert.Throws<ModelException>(() => Read(text)).Problem);

    private IReadOnlyList<string> Read(string text) => ModelPackage.ReadLabels(_temp.Write("labels.txt", text));
}
