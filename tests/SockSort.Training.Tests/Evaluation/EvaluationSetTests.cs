using SockSort.Dataset.Photos;
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

    [Fact]
    public async Task Numbers_without_names_are_read_by_the_models_own_list_and_are_no_labels()
    {
        Write("x/a.png", "x/b.png");
        // Both numbers are labels of the model as well: folders called 1, 2 and 3 are im2rec's 0, 1 and 2.
        var list = _folder.Write("sock.lst", "0\t1\tx/a.png\n1\t2\tx/b.png\n");

        using var set = await OpenAsync(list, "1", "2", "3");

        Assert.Equal(["2", "3"], set.Pictures.Select(picture => picture.Label));
        Assert.Equal("1 = 2, 2 = 3", set.Numbers);
    }

    [Fact]
    public async Task A_model_learnt_from_numbers_with_a_gap_is_judged_by_the_same_numbers()
    {
        Write("x/a.png", "x/b.png");
        var list = _folder.Write("sock.lst", "0\t0\tx/a.png\n1\t2\tx/b.png\n");

        using var set = await OpenAsync(list, new Dictionary<int, string> { [0] = "0", [2] = "2" });

        Assert.Equal(["0", "2"], set.Pictures.Select(picture => picture.Label));
    }

    [Fact]
    public async Task A_number_that_the_model_does_not_know_is_asked_for()
    {
        Write("x/a.png", "x/b.png");
        var list = _folder.Write("sock.lst", "0\t0\tx/a.png\n1\t7\tx/b.png\n");

        var error = await Assert.ThrowsAsync<EvaluationException>(() => OpenAsync(list, "Google", "Mongo"));

        Assert.Equal(
            $"{list}: has pictures of the class number 7 and no name for it, and the model knows 0 = Google, 1 = Mongo only; say it with "
                + "--class-names FILE (a name a line, from number 0), or lay the .lst beside the .rec",
            error.Message);
    }

    [Fact]
    public async Task Names_that_are_given_go_before_the_models_list()
    {
        Write("x/a.png", "x/b.png");
        var list = _folder.Write("sock.lst", "0\t0\tx/a.png\n1\t1\tx/b.png\n");

        var names = new ClassNames("names.txt", ["Google", "Oracle"]);

        using var set = await OpenAsync(list, new Dictionary<int, string> { [0] = "Mongo" }, names);

        Assert.Equal(["Google", "Oracle"], set.Pictures.Select(picture => picture.Label));
        Assert.Null(set.Numbers);
    }

    [Theory]
    [InlineData(";")]
    [InlineData("\t")]
    public async Task Labels_of_frames_may_be_parted_by_semicolons_or_tabs(string mark)
    {
        Write("1.png");
        _folder.Write("labels.csv", $"frame{mark}label\n1.png{mark}red\n");

        using var set = await OpenAsync(_folder.Path, "Red");

        Assert.Equal(["red"], set.Pictures.Select(picture => picture.Label));
    }

    [Fact]
    public async Task Folders_that_programs_left_and_photos_nested_below_a_class_are_as_in_training()
    {
        Write("class-a/monday/1.png", "class-b/1.png", "__MACOSX/class-a/1.png");

        using var set = await OpenAsync(_folder.Path, "A", "B");

        Assert.Equal([_folder.File("class-a/monday/1.png"), _folder.File("class-b/1.png")], set.Pictures.Select(picture => picture.Name));
        Assert.Equal([$"{_folder.File("__MACOSX")}: a folder that macOS puts into ZIP archives, no class; 1 file in it"], set.Ignored);
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
        OpenAsync(source, labels.Index().ToDictionary(label => label.Index, label => label.Item));

    private static Task<EvaluationSet> OpenAsync(string source, Dictionary<int, string> numbers, ClassNames? names = null) =>
        EvaluationSet.OpenAsync(source, root: null, labels: null, numbers, names, TestContext.Current.CancellationToken);

    private void Write(params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
            File.WriteAllBytes(_folder.File(file), PngWriter.Encode(new Frame(8, 8)));
        }
    }
}
