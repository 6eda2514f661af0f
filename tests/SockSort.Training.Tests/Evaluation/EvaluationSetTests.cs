using SockSort.Imaging;
using SockSort.Imaging.Encoding;
using SockSort.Testing;
using SockSort.Training.Evaluation;

namespace SockSort.Training.Tests.Evaluation;

public sealed class EvaluationSetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folders_whose_names_are_numbers_mean_the_labels_of_these_names()
    {
        Write("class-1/a.png", "class-2/a.png", "class-3/a.png");

        using var set = await OpenAsync(_folder.Path, "1", "2", "3");

        Assert.Equal(["1", "2", "3"], set.Pictures.Select(picture => picture.Label));
    }

    [Fact]
    public async Task A_list_whose_folders_are_named_by_numbers_means_the_labels_of_these_names()
    {
        Write("class-1/a.png", "class-2/a.png");
        var list = _folder.Write("sock.lst", "0\t0\tclass-1/a.png\n1\t1\tclass-2/a.png\n");

        using var set = await OpenAsync(list, "1", "2", "Blank");

        Assert.Equal(["1", "2"], set.Pictures.Select(picture => picture.Label));
    }

    [Theory]
    [InlineData("1 2 3", "1 2")] // Places among the labels: 0 is none of them.
    [InlineData("0 1 Blank", "0 1")]
    public async Task Numbers_of_a_list_without_names_are_labels_where_all_are_and_else_places(string labels, string expected)
    {
        Write("x/a.png", "x/b.png");
        var list = _folder.Write("sock.lst", "0\t0\tx/a.png\n1\t1\tx/b.png\n");

        using var set = await OpenAsync(list, labels.Split(' '));

        Assert.Equal(expected.Split(' '), set.Pictures.Select(picture => picture.Label));
    }

    [Fact]
    public async Task A_model_learnt_from_numbers_with_a_gap_is_judged_by_the_same_numbers()
    {
        Write("x/a.png", "x/b.png");
        var list = _folder.Write("sock.lst", "0\t0\tx/a.png\n1\t2\tx/b.png\n");

        using var set = await OpenAsync(list, "0", "2", "Blank");

        Assert.Equal(["0", "2"], set.Pictures.Select(picture => picture.Label));
    }

    [Fact]
    public async Task A_folder_without_pictures_beside_frames_does_not_hide_their_labels()
    {
        Write("1.png", ".trash/2.png");
        _folder.Write("report/report.html", "<p>");
        _folder.Write("labels.csv", "frame,label\n1.png,red\n");

        using var set = await OpenAsync(_folder.Path, "Red");

        Assert.Equal([(_folder.File("1.png"), "red")], set.Pictures.Select(picture => (picture.Name, picture.Label)));
    }

    private static Task<EvaluationSet> OpenAsync(string source, params string[] labels) =>
        EvaluationSet.OpenAsync(source, root: null, labels: null, labels, TestContext.Current.CancellationToken);

    private void Write(params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
            File.WriteAllBytes(_folder.File(file), PngWriter.Encode(new Frame(8, 8)));
        }
    }
}
