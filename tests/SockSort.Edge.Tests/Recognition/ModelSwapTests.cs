using System.Text.Json;
using SockSort.Edge.LiveView;
using SockSort.Edge.Recognition;
using SockSort.Edge.Tests.LiveView;
using SockSort.Edge.Tests.Loop;
using SockSort.Models.Versions;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Recognition;

/// <summary>The model's file changes while a camera runs.</summary>
public sealed class ModelSwapTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private string Path => _temp.File("models/model.tar.gz");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Each_frame_has_its_message_and_is_labelled_by_the_old_or_the_new_model()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp);
        var versions = new ModelVersions(Path);
        await edge.FramesAsync(8);

        for (var swap = 0; swap < 3; swap++)
        {
            var next = swap % 2 == 0 ? SwappingEdge.Colours : SwappingEdge.Socks;
            _ = versions.Use(next);
            await edge.RunsAsync(next);
            await edge.FramesAsync(8);
        }
        await edge.EndAsync();

        var frames = edge.Frames.ToArray();
        Assert.Equal(Enumerable.Range(1, frames.Length).Select(number => (long?)number), frames.Select(frame => frame.Seq));
        Assert.Equal(Enumerable.Range(1, frames.Length).Select(number => (long)number), frames.Select(frame => frame.Seen.Number));
        Assert.Equal(frames.Select(frame => frame.Label), edge.Messages.Select(message => message.GetProperty("image").GetString()));
        Assert.All(frames.Zip(edge.Messages), pair => Assert.Equal(
            LabelOf(pair.First.Seen.Name, pair.Second.GetProperty("model").GetString()!), pair.First.Label));
        Assert.Single(edge.Messages.Select(message => message.GetProperty("run").GetString()).Distinct());
        Assert.Equal(3, edge.Status.Taken);
    }

    [Fact]
    public async Task The_retained_topic_says_from_which_model_on()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp);

        _ = new ModelVersions(Path).Use(SwappingEdge.Colours);
        await Eventually.TrueAsync(() => edge.Told.Count == 2, "the new model is told");

        var told = edge.Told[1];
        Assert.Equal(SwappingEdge.Socks.Version, edge.Told[0].GetProperty("version").GetString());
        Assert.Equal(SwappingEdge.Colours.Sha256, told.GetProperty("sha256").GetString());
        Assert.Equal(SwappingEdge.ColourNames, told.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Equal((1, 0), (told.GetProperty("taken").GetInt32(), told.GetProperty("refused").GetInt32()));
        Assert.Equal(JsonValueKind.Null, told.GetProperty("problem").ValueKind);
        Assert.Contains(SwappingEdge.Socks.Version, edge.Log.Single(2031).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_new_model_is_named_and_counted_and_the_old_one_goes_on()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp);

        Damage();
        await edge.RefusesAsync(1);
        await edge.FramesAsync(4);

        Assert.Equal(SwappingEdge.Socks.Version, edge.Status.Version);
        Assert.Contains($"{Path}: the archive is cut off or no tar.gz", edge.Status.Problem, StringComparison.Ordinal);
        Assert.Contains(edge.Status.Problem!, edge.Log.Single(2032).Message, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => edge.Told[^1].GetProperty("refused").GetInt32() == 1, "it is told");
    }

    [Fact]
    public async Task When_the_bad_file_is_whole_again_nothing_is_wrong_any_more()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp);
        Damage();
        await edge.RefusesAsync(1);

        SwappingEdge.Socks.Package.Write(Path);

        await Eventually.TrueAsync(() => edge.Status.Problem is null, "the problem is gone");
        Assert.Equal(0, edge.Status.Taken);
    }

    [Fact]
    public async Task Two_cameras_of_a_process_go_over_to_the_new_model_and_the_old_one_is_closed()
    {
        SwappingEdge.Socks.Package.Write(Path);
        await using var model = SharedModel.Open(
            PackageFile.Read(Path), new SharedModelOptions { Path = Path, LookEvery = TimeSpan.FromMilliseconds(20) });
        using var first = new Recogniser(model, tellsUnknown: false);
        using var second = new Recogniser(model, tellsUnknown: false);
        var old = model.Current;

        _ = new ModelVersions(Path).Use(SwappingEdge.Colours);
        await Eventually.TrueAsync(() => model.Current != old, "the new model is there");
        var isFirstOver = first.Follow();
        var isOldOpen = old.TryHold();
        old.Release();
        var isSecondOver = second.Follow();

        Assert.True(isFirstOver && isOldOpen && isSecondOver);
        Assert.False(old.TryHold());
        Assert.False(first.Follow());
        Assert.Equal(SwappingEdge.ColourNames, second.Labels);
    }

    [Fact]
    public async Task A_model_without_threshold_is_refused_where_the_camera_tells_unknown_socks()
    {
        WithThreshold(0.1).Package.Write(Path);
        await using var edge = await SwappingEdge.StartAsync(_temp, new SharedModelOptions { NeedsThreshold = true }, tellsUnknown: true);

        _ = new ModelVersions(Path).Use(SwappingEdge.Colours);
        await edge.RefusesAsync(1);

        Assert.Contains("model.json holds no rejection threshold", edge.Status.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_threshold_is_the_new_models()
    {
        WithThreshold(0.1).Package.Write(Path);
        await using var edge = await SwappingEdge.StartAsync(_temp, new SharedModelOptions { NeedsThreshold = true }, tellsUnknown: true);
        await edge.FramesAsync(4);

        _ = new ModelVersions(Path).Use(WithThreshold(1));
        await edge.RunsAsync(WithThreshold(1));
        await edge.FramesAsync(8);

        Assert.Equal("Google", edge.Frames.First().Label);
        Assert.Equal("Unknown", edge.Frames.Last().Label);
    }

    [Fact]
    public async Task The_live_view_says_which_model_is_run()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp);
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions { Model = () => edge.Runner.Model });

        var model = JsonDocument.Parse(await view.TextAsync("/status.json")).RootElement.GetProperty("model");

        Assert.Equal(SwappingEdge.Socks.Version, model.GetProperty("version").GetString());
        Assert.Equal(ColourModel.Labels, model.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
    }

    // In one step: half of a file would be refused by itself.
    private void Damage() => File.Move(_temp.Write("models/damaged", "no package"), Path, overwrite: true);

    private static PackageFile WithThreshold(double threshold)
    {
        var package = ColourModel.Package();
        return PackageFile.Of(new(package.Onnx, package.Card with { RejectionThreshold = threshold }));
    }

    private static string LabelOf(string picture, string version)
    {
        var labels = version == SwappingEdge.Socks.Version ? ColourModel.Labels : SwappingEdge.ColourNames;
        return labels[picture[0] - '1'];
    }
}
