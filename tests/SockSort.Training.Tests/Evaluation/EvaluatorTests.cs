using SockSort.Models;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Models.Tests;
using SockSort.Testing;
using SockSort.Training.Evaluation;
using SockSort.Training.Photos;

namespace SockSort.Training.Tests.Evaluation;

public sealed class EvaluatorTests : IDisposable
{
    private static readonly ModelPackage Model = ColourModel();
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Class_folders_are_matched_with_the_models_labels()
    {
        Write("class-reds/a.png", 255, 0, 0);
        Write("BLUE/a.png", 0, 0, 255);
        Write("BLUE/b.png", 255, 0, 0);
        Write("class-brown_sugar/a.png", 120, 60, 20);
        _folder.Write("BLUE/notes.txt", "mine");

        var (result, skipped) = await EvaluateAsync();

        Assert.Equal((3, 2, 1), (result.Known, result.Right, result.Unknown));
        Assert.Equal(["Red", "Green", "Blue", "Brown Sugar"], result.Confusion.Rows.Select(row => row.Label));
        Assert.Equal([[1, 0, 0], [0, 0, 0], [1, 0, 1], [1, 0, 0]], result.Confusion.Rows.Select(row => row.Said));
        Assert.Empty(skipped);
    }

    [Fact]
    public async Task A_model_that_cannot_be_run_is_its_own_error_not_one_of_the_threads()
    {
        Write("class-red/a.png", 255, 0, 0);
        var model = new ModelPackage(
            SmallModels.ConstantHead(0, 1).AppendTo(SmallModels.BackboneOfOnePixel()).ToBytes(), SmallModels.Card("Red", "Green"));
        using var set = await OpenAsync(_folder.Path);

        var error = Assert.Throws<ModelException>(
            () => new Evaluator(model, threads: 2).Evaluate(set, done: null, TestContext.Current.CancellationToken));

        Assert.StartsWith("model.onnx: ONNX Runtime refuses the model (", error.Message);
    }

    [Fact]
    public async Task Frames_are_judged_by_the_labels_csv_beside_them()
    {
        Write("1.png", 255, 0, 0);
        Write("2.png", 0, 255, 0);
        Write("3.png", 0, 255, 0);
        _folder.Write("labels.csv", "frame,label\n1.png,red\n2.png,\n9.png,green\n");

        using var set = await OpenAsync(_folder.Path);
        var (result, skipped) = new Evaluator(Model, threads: 2).Evaluate(set, done: null, TestContext.Current.CancellationToken);

        Assert.Equal((1, 1, 2), (result.Known, result.Right, set.Unlabelled));
        Assert.Equal([(_folder.File("9.png"), "no such file")], skipped.Select(photo => (photo.Path, photo.Reason)));
    }

    [Fact]
    public async Task A_list_means_the_models_labels_by_number()
    {
        Write("x/1.png", 255, 0, 0);
        Write("x/2.png", 0, 0, 255);
        Write("x/3.png", 0, 0, 255);
        var list = _folder.Write("sock.lst", "0\t0\tx/1.png\n1\t1\tx/2.png\n2\t2\tx/3.png\n");

        using var set = await OpenAsync(list);
        var (result, _) = new Evaluator(Model, threads: 1).Evaluate(set, done: null, TestContext.Current.CancellationToken);

        Assert.Equal((3, 2, 0), (result.Known, result.Right, result.Unknown));
    }

    [Fact]
    public async Task Pictures_that_cannot_be_read_are_named_and_the_others_judged()
    {
        Write("red/a.png", 255, 0, 0);
        var broken = _folder.Write("red/b.jpg", "no picture");

        var (result, skipped) = await EvaluateAsync();

        Assert.Equal(1, result.Known);
        Assert.Equal([broken], skipped.Select(photo => photo.Path));
        Assert.StartsWith("not a picture of a format that can be read", skipped[0].Reason);
    }

    [Fact]
    public async Task Pictures_of_which_none_can_be_read_are_an_error()
    {
        var broken = _folder.Write("red/b.jpg", "no picture");

        var error = await Assert.ThrowsAsync<EvaluationException>(EvaluateAsync);

        Assert.StartsWith($"none of the 1 pictures can be read; the first: {broken}: not a picture", error.Message);
    }

    [Fact]
    public async Task A_folder_without_labels_says_how_to_give_them()
    {
        Write("1.png", 255, 0, 0);

        var error = await Assert.ThrowsAsync<EvaluationException>(EvaluateAsync);

        Assert.Equal(
            $"{_folder.Path}: holds no picture with a label; put pictures into class folders (class-google), or labels.csv with the lines "
                + "frame,label beside them",
            error.Message);
    }

    [Fact]
    public async Task Known_and_unknown_are_told_apart_by_the_highest_probability()
    {
        Write("red/a.png", 255, 0, 0);
        Write("brown/a.png", 255, 250, 250);

        var (result, _) = await EvaluateAsync();

        Assert.Equal(1.0, result.Auc);
    }

    private async Task<(EvaluationResult, IReadOnlyList<SkippedPhoto>)> EvaluateAsync()
    {
        using var set = await OpenAsync(_folder.Path);
        return new Evaluator(Model, threads: 2).Evaluate(set, done: null, TestContext.Current.CancellationToken);
    }

    private Task<EvaluationSet> OpenAsync(string source) =>
        EvaluationSet.OpenAsync(
            source, _folder.Path, labels: null, Model.LabelsByNumber(), names: null, TestContext.Current.CancellationToken);

    private void Write(string name, byte red, byte green, byte blue) =>
        Pictures.Write(_folder.Path, name, Pictures.Plain(40, 30, red, green, blue));

    /// <summary>Says the colour that is strongest.</summary>
    private static ModelPackage ColourModel()
    {
        var head = new LinearHead([4, 0, 0, 0, 4, 0, 0, 0, 4], [0, 0, 0]);
        return new ModelPackage(head.AppendTo(SmallModels.Backbone()).ToBytes(), SmallModels.Card("Red", "Green", "Blue"));
    }
}
