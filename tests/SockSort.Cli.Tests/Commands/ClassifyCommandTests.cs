using System.Text.Json.Nodes;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class ClassifyCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ClassifyCommandTests()
    {
        ColourModel.Package().Write(Model);
        Pictures.WriteFolder(_folder.Path);
    }

    private string Model => _folder.File("model.tar.gz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_table_has_a_row_a_picture()
    {
        var run = await CliRun.InvokeAsync("classify", Model, _folder.File("1.png"), _folder.File("3.png"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"1\.png +Google +9\d\.\d %", run.Output);
        Assert.Matches(@"3\.png +Mongo +9\d\.\d %", run.Output);
    }

    [Fact]
    public async Task Json_has_the_probability_of_each_label()
    {
        var run = await CliRun.InvokeAsync("classify", Model, "--json", _folder.File("2.png"));

        var answer = JsonNode.Parse(run.Output)!.AsArray().Single()!;
        Assert.Equal(
            ["picture", "label", "probability", "unknown", "is_unknown", "probabilities"],
            answer.AsObject().Select(field => field.Key));
        Assert.Equal((null, null), ((float?)answer["unknown"], (bool?)answer["is_unknown"]));
        Assert.Equal("Confluent", (string?)answer["label"]);
        Assert.Equal(ColourModel.Labels, answer["probabilities"]!.AsObject().Select(share => share.Key));
        Assert.Equal((float?)answer["probability"], (float?)answer["probabilities"]!["Confluent"]);
    }

    [Fact]
    public async Task A_picture_that_cannot_be_read_is_named_and_the_others_classified()
    {
        var broken = _folder.Write("broken.jpg", "no picture");

        var run = await CliRun.InvokeAsync("classify", Model, broken, _folder.File("1.png"));

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"socksort: {broken}: not a picture of a format that can be read (JPEG, PNG, WebP, GIF, TIFF, AVIF, HEIC, BMP)\n", run.Error);
        Assert.Contains("Google", run.Output);
    }

    [Fact]
    public async Task No_picture_is_wrong_usage()
    {
        Assert.Equal(2, (await CliRun.InvokeAsync("classify", Model)).ExitCode);
    }
}
