using SockSort.Imaging.Labels;
using SockSort.Testing;

namespace SockSort.Imaging.Tests.Labels;

public sealed class LabelsFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_line_is_a_frame_and_its_label()
    {
        var path = _folder.Write("labels.csv", "frame,label\n1.png,Google\n2.png,\n\n1.png,Mongo\n");

        Assert.Equal([new FrameLabel("1.png", "Google"), new("2.png", ""), new("1.png", "Mongo")], LabelsFile.Read(path));
    }

    [Fact]
    public void Columns_are_found_by_name_and_quotes_hold_commas()
    {
        var path = _folder.Write("labels.csv", "time,Label, FRAME \r\n1,\"Red, striped\",a.png\r\n");

        Assert.Equal([new FrameLabel("a.png", "Red, striped")], LabelsFile.Read(path));
    }

    [Theory]
    [InlineData("frame,sock\n1.png,Google\n", ":1: no column 'label': the header must hold frame,label")]
    [InlineData("", ":1: no column 'frame': the header must hold frame,label")]
    [InlineData("frame,label\n1.png\n", ":2: 1 cells where the header has 2")]
    public void A_file_of_another_form_is_an_error_with_its_line(string text, string problem)
    {
        var path = _folder.Write("labels.csv", text);

        Assert.Equal(path + problem, Assert.Throws<LabelsException>(() => LabelsFile.Read(path)).Message);
    }

    [Fact]
    public void A_missing_file_says_what_is_expected()
    {
        var path = _folder.File("labels.csv");

        Assert.Equal(
            $"{path}: no such file, expected a CSV whose first line is frame,label",
            Assert.Throws<LabelsException>(() => LabelsFile.Read(path)).Message);
    }
}
