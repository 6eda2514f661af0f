using System.Globalization;
using System.Text.Json;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Training;

/// <summary>
/// How models of the sample photos tell the sock that was never taught from those that were, on the camera's frames and on changes of them
/// that stand for other recordings: ten seeds and all changes with <c>SOCKSORT_TESTS=all</c>, which prints the table of
/// docs/benchmarks.md; one seed and two changes else. Of each model, what it says of the frames is counted, too.
/// </summary>
public sealed class UnknownSocksTests(ITestOutputHelper output) : IDisposable
{
    private const string LabelCovered = "split[a][b];[b]crop=340:35:0:40[c];[a][c]overlay=0:0";

    private static readonly bool All = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all";

    private static readonly (string Name, string Filter)[] Changes =
    [
        ("as they are", "null"),
        ("darker and flatter", $"{LabelCovered},eq=brightness=-0.2:contrast=0.8"),
        ("label painted over", LabelCovered),
        ("brighter", $"{LabelCovered},eq=brightness=0.2"),
        ("warm light", $"{LabelCovered},colorchannelmixer=rr=1.15:bb=0.75"),
        ("cool light", $"{LabelCovered},colorchannelmixer=rr=0.8:bb=1.15"),
        ("half the saturation", $"{LabelCovered},eq=saturation=0.5"),
        ("blurred", $"{LabelCovered},gblur=sigma=4"),
        ("noise", $"{LabelCovered},noise=alls=30:allf=t"),
        ("turned by 20 degrees", $"{LabelCovered},rotate=20*PI/180"),
        ("turned by 90 degrees", $"{LabelCovered},transpose=1"),
        ("turned by 180 degrees", $"{LabelCovered},hflip,vflip"),
        ("mirrored", $"{LabelCovered},hflip"),
        ("at 60 % of its size", $"{LabelCovered},scale=360:202,pad=600:337:(ow-iw)/2:(oh-ih)/2:gray"),
        ("the middle 70 % x 80 %", $"{LabelCovered},crop=iw*0.7:ih*0.8"),
    ];

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_sock_that_was_never_taught_is_told_and_those_that_were_are_kept()
    {
        var frames = Repository.Shared("data/sock-camera");
        var changes = Changes[..(All ? Changes.Length : 2)];
        for (var change = 0; change < changes.Length; change++)
            await ChangeAsync(frames, _temp.File($"{change}"), changes[change].Filter);

        for (var seed = 1; seed <= (All ? 10 : 1); seed++)
        {
            var model = _temp.File($"{seed}.tar.gz");
            var trained = await SocksortProcess.RunAsync(
                ["train", "--data", Repository.Shared("data/sock-photos"), "--seed", $"{seed}", "--out", model]);
            Assert.Equal(0, trained.ExitCode);
            await SockCameraSightings.CheckAsync(model, frames);
            for (var change = 0; change < changes.Length; change++)
                await JudgeAsync(model, _temp.File($"{change}"), $"{seed} | {changes[change].Name}");
        }
    }

    [Theory]
    [InlineData("confluent")]
    [InlineData("databricks")]
    [InlineData("github")]
    [InlineData("google")]
    [InlineData("mongo")]
    [InlineData("streamset")]
    public async Task A_sock_that_is_left_out_of_the_photos_is_told_as_unknown(string left)
    {
        Assert.SkipUnless(All, "runs in full by ./test --all");
        var (photos, model) = (Repository.Shared("data/sock-photos"), _temp.File("model.tar.gz"));
        Directory.CreateDirectory(_temp.File("taught"));
        foreach (var folder in Directory.GetDirectories(photos, "class-*").Where(folder => Path.GetFileName(folder) != $"class-{left}"))
            Directory.CreateSymbolicLink(_temp.File($"taught/{Path.GetFileName(folder)}"), folder);

        var trained = await SocksortProcess.RunAsync(["train", "--data", _temp.File("taught"), "--out", model]);

        Assert.Equal(0, trained.ExitCode);
        await JudgeAsync(model, Repository.Shared("data/sock-camera"), $"without {left} | frames");
        await JudgeAsync(model, photos, $"without {left} | photos");
    }

    /// <summary>The frames in order under numbers without gaps, with the labels in the same order.</summary>
    private static async Task ChangeAsync(string frames, string folder, string filter)
    {
        Directory.CreateDirectory(folder);
        string[] line =
        [
            "ffmpeg", "-v", "error", "-pattern_type", "glob", "-i", Path.Combine(frames, "frame_*.png"), "-filter_complex", filter,
            Path.Combine(folder, "%d.png"),
        ];
        var (code, said) = await PublishedEdge.RunAsync(line);
        Assert.True(code == 0, said);
        var labels = File.ReadLines(Path.Combine(frames, "labels.csv")).Skip(1).Order(StringComparer.Ordinal)
            .Select((row, index) => $"{index + 1}.png,{row.Split(',')[1]}");
        await File.WriteAllLinesAsync(Path.Combine(folder, "labels.csv"), ["frame,label", .. labels]);
    }

    private async Task JudgeAsync(string model, string frames, string name)
    {
        var judged = await SocksortProcess.RunAsync(["evaluate", model, frames, "--json"]);
        var figures = JsonDocument.Parse(judged.Output).RootElement;
        var rejection = figures.GetProperty("rejection");
        double[] row =
        [
            figures.GetProperty("accuracy").GetDouble(), figures.GetProperty("auc").GetDouble(),
            rejection.GetProperty("known_kept").GetDouble(), rejection.GetProperty("unknown_found").GetDouble(),
            figures.GetProperty("calibration_error").GetDouble(),
        ];
        var cells = row.Select(figure => figure.ToString("0.000", CultureInfo.InvariantCulture));
        output.WriteLine($"| {name} | {string.Join(" | ", cells)} |");
        if (All)
            return;
        Assert.InRange(row[0], 0.95, 1);
        Assert.InRange(row[1], 0.98, 1);
        Assert.InRange(row[2], 0.9, 1);
        Assert.InRange(row[3], 0.85, 1);
        Assert.InRange(row[4], 0, 0.1);
    }
}
