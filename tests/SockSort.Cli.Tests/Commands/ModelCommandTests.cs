using System.Text.Json.Nodes;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Models.Tests;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class ModelCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ModelCommandTests()
    {
        File.WriteAllBytes(_folder.File("colours.onnx"), OnnxText.Model(
            [
                new NodeProto { OpType = "GlobalAveragePool", Input = { "x" }, Output = { "mean" } },
                new NodeProto { OpType = "Flatten", Input = { "mean" }, Output = { "y" } },
            ],
            OnnxText.Value("x", "N", 3, 32, 32), new ValueInfoProto { Name = "y" }));
        _folder.Write("labels.txt", "red\ngreen\nblue\n");
    }

    private string Out => _folder.File("out/model.tar.gz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_foreign_classifier_becomes_a_package()
    {
        var run = await PackAsync("--mean", "123.675,116.28,103.53", "--scale", "58.395,57.12,57.375", "--bgr");

        Assert.Equal(
            (0, "", $"{Out}: 3 labels, pictures of 32 x 32, mean 123.675,116.28,103.53, scale 58.395,57.12,57.375, BGR\n"),
            (run.ExitCode, run.Error, run.Output));
        var input = ModelPackage.Read(Out).Card.Input;
        Assert.Equal("BGR", input.ColourOrder);
        Assert.Equal((116.28f, 57.375f), (input.Mean.Green, input.Scale.Blue));
    }

    [Fact]
    public async Task A_package_is_shown()
    {
        await PackAsync();

        var run = await CliRun.InvokeAsync("model", "show", Out);
        var json = JsonNode.Parse((await CliRun.InvokeAsync("model", "show", Out, "--json")).Output)!;

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("red, green, blue", run.Output);
        Assert.Contains("(value - 127) / 128", run.Output);
        Assert.Contains("GlobalAveragePool", run.Output);
        Assert.Equal("""["red","green","blue"]""", json["labels"]!.ToJsonString());
        Assert.Equal(32, (int?)json["input"]!["size"]);
        Assert.Equal(1, (int?)json["operators"]!["Softmax"]);
    }

    [Theory]
    [InlineData(
        "red\ngreen\n",
        "colours.onnx: there are 2 labels, but the output 'y' has 3 scores; there must be one label a score, in the scores' order")]
    [InlineData("red\nred\nblue\n", "the label 'red' stands there twice")]
    [InlineData("", "labels.txt: the file is empty, expected one label a line")]
    [InlineData("red\n\nblue\n", "labels.txt: line 2 is empty, expected a label")]
    public async Task Labels_that_do_not_match_write_nothing(string labels, string problem)
    {
        _folder.Write("labels.txt", labels);

        var run = await PackAsync();

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.EndsWith(problem, run.LastError);
        Assert.False(Path.Exists(_folder.File("out")));
    }

    [Fact]
    public async Task What_is_no_model_leaves_the_old_package_as_it_is()
    {
        await PackAsync();
        var before = File.ReadAllBytes(Out);
        File.WriteAllText(_folder.File("colours.onnx"), "no model");

        var run = await PackAsync();

        Assert.Equal((1, $"socksort: {_folder.File("colours.onnx")}: not an ONNX model, or cut off"), (run.ExitCode, run.LastError));
        Assert.Equal(before, File.ReadAllBytes(Out));
        Assert.Single(Directory.GetFiles(_folder.File("out")));
    }

    [Theory]
    [InlineData("--onnx", "no such file, expected a classifier as ONNX")]
    [InlineData("--labels", "no such file, expected one label a line, in the order of the model's scores")]
    public async Task A_missing_file_is_named(string option, string problem)
    {
        string[] line = ["model", "pack", "--onnx", _folder.File("colours.onnx"), "--labels", _folder.File("labels.txt"), "--out", Out];
        line[Array.IndexOf(line, option) + 1] = _folder.File("nothing");

        var run = await CliRun.InvokeAsync(line);

        Assert.Equal((1, $"socksort: {_folder.File("nothing")}: {problem}"), (run.ExitCode, run.LastError));
    }

    [Theory]
    [InlineData("--mean", "1,2", "'1,2' is no number a colour: write one number, or three parted by commas (123.675,116.28,103.53)")]
    [InlineData("--scale", "x", "'x' is no number a colour: write one number, or three parted by commas (123.675,116.28,103.53)")]
    [InlineData("--size", "16", "--size 16 is out of range: choose 32 to 1024")]
    public async Task A_number_that_is_none_is_wrong_usage(string option, string value, string message)
    {
        var run = await PackAsync(option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"socksort: {message}\n", run.Error);
    }

    private Task<CliRun> PackAsync(params string[] more) =>
        CliRun.InvokeAsync(
            ["model", "pack", "--onnx", _folder.File("colours.onnx"), "--labels", _folder.File("labels.txt"), "--out", Out, .. more]);
}
