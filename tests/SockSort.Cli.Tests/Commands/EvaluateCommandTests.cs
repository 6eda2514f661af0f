using System.Text.Json.Nodes;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Imaging;
using SockSort.Imaging.Encoding;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public EvaluateCommandTests()
    {
        ColourModel.Package().Write(Model);
        foreach (var (colour, label) in Pictures.Colours.Zip(ColourModel.Labels))
            Write($"frames/{label}.png", colour.Red, colour.Green, colour.Blue);
        Write("frames/other.png", 90, 90, 90);
        Write("frames/free.png", 1, 2, 3);
        _folder.Write(
            "frames/labels.csv",
            "frame,label\nGoogle.png,class-google\nConfluent.png,confluents\nMongo.png,MONGO\nBlank.png,Google\nother.png,Running "
                + "Science\nlost.png,Mongo\n");
    }

    private string Model => _folder.File("model.tar.gz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_has_accuracy_and_auc_at_the_top_and_nothing_else_is_printed()
    {
        var run = await CliRun.InvokeAsync(
            "evaluate", Model, _folder.File("frames"), "--labels", _folder.File("frames/labels.csv"), "--json");

        var json = JsonNode.Parse(run.Output)!.AsObject();
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["accuracy", "auc"], json.Select(entry => entry.Key).Take(2));
        Assert.Equal((0.75, 4, 1), ((double?)json["accuracy"], (int?)json["known"], (int?)json["unknown"]));
        Assert.Equal($"socksort: skipped {_folder.File("frames/lost.png")}: no such file\n", run.Error);
    }

    [Fact]
    public async Task The_table_shows_labels_mistakes_and_what_to_do()
    {
        var run = await CliRun.InvokeAsync("evaluate", Model, _folder.File("frames"));

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"Google +2 +1 +100 % +50 % +0\.667 +Blank 1", run.Output);
        Assert.Matches(@"Running Science \(never taught\) +1", run.Output);
        Assert.Contains("accuracy 75 % (3 of 4; 95 % range 30.1 % to 95.4 %), top-2 ", run.Output);
        Assert.Contains(" against 1 unknown", run.Output);
        Assert.Contains("1 pictures have no label and were left out", run.Output);
        Assert.Contains("Google: 1 of 2 pictures were taken for Blank; add photos of Google ", run.Output);
        Assert.Contains("judging: 5 of 5 pictures", run.Output);
    }

    [Fact]
    public async Task A_report_is_written_where_asked()
    {
        var run = await CliRun.InvokeAsync("evaluate", Model, _folder.File("frames"), "--report", _folder.File("report"));

        var page = File.ReadAllText(_folder.File("report/report.html"));
        Assert.Contains($"report: {_folder.File("report/report.html")}", run.Output);
        Assert.Contains("model.tar.gz on frames", page);
        Assert.Contains("data:image/jpeg;base64,", page);
        Assert.Contains("socksort ", page);
        Assert.Equal(0.75, (double?)JsonNode.Parse(File.ReadAllText(_folder.File("report/metrics.json")))!["accuracy"]);
    }

    [Theory]
    [InlineData("nothing", null, "nothing: no such folder, expected one folder of photos per sock in it")]
    [InlineData("frames", "nothing.csv", "nothing.csv: no such file, expected a CSV whose first line is frame,label")]
    public async Task Missing_data_is_named(string data, string? labels, string problem)
    {
        string[] more = labels is null ? [] : ["--labels", _folder.File(labels)];

        var run = await CliRun.InvokeAsync(["evaluate", Model, _folder.File(data), .. more]);

        Assert.Equal((1, $"socksort: {_folder.File(problem)}"), (run.ExitCode, run.LastError));
    }

    [Fact]
    public async Task A_missing_model_says_how_to_make_one()
    {
        var run = await CliRun.InvokeAsync("evaluate", _folder.File("no.tar.gz"), _folder.File("frames"));

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("no such file, expected a model package; 'socksort train --data DIR --out model.tar.gz' makes one", run.LastError);
    }

    private void Write(string name, byte red, byte green, byte blue)
    {
        var frame = new Frame(40, 30);
        for (var i = 0; i < frame.Rgb.Length; i += 3)
            (frame.Rgb[i], frame.Rgb[i + 1], frame.Rgb[i + 2]) = (red, green, blue);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        File.WriteAllBytes(_folder.File(name), PngWriter.Encode(frame));
    }
}
