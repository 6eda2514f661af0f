using System.Text.Json;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Edge.Recognition;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.LiveView;
using SockSort.Edge.Tests.Loop;
using SockSort.Imaging;
using SockSort.Models.Versions;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Recognition;

/// <summary>The fourth of a camera's colours is shown as a sock of its own, which the model takes for Blank.</summary>
public sealed class JustLearntTests : IDisposable
{
    private const string Stripes = "Stripes";

    private readonly TempFolder _temp = new();

    private static SharedModelOptions Options => new()
    {
        KnownPictures = labels => [.. Pictures.Colours.Take(labels.Count - 1).Select(colour => Pictures.Plain(colour))],
    };

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_sock_is_told_from_a_few_frames_and_marked_and_no_other_frame_is()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp, Options);

        await edge.Model.LearnAsync(Stripes, Shown(), TestContext.Current.CancellationToken);
        var from = edge.Frames.Count + 1;
        await edge.FramesAsync(12);
        await edge.EndAsync();

        var after = edge.Frames.Zip(edge.Messages).Skip(from).ToList();
        Assert.All(after, pair => Assert.Equal(
            pair.First.Seen.Name == "4.png" ? Stripes : ColourModel.Labels[pair.First.Seen.Name[0] - '1'], pair.First.Label));
        Assert.All(after, pair => Assert.Equal(pair.First.Label == Stripes, pair.First.IsLearnt));
        Assert.All(after, pair => Assert.Equal(pair.First.IsLearnt, pair.Second.TryGetProperty("learnt", out var is1) && is1.GetBoolean()));
        Assert.All(after, pair => Assert.Equal(pair.First.Label, pair.Second.GetProperty("image").GetString()));
        Assert.Contains(after, pair => pair.First.IsLearnt);
        Assert.Contains(Stripes, edge.Log.Single(2034).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_model_that_knows_it_tells_it_from_its_first_frame_on()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp, Options);
        await edge.Model.LearnAsync(Stripes, Shown(), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => edge.Frames.Any(frame => frame.IsLearnt), "it is told");

        var next = PackageFile.Of(ColourModel.Package([.. ColourModel.Labels.Take(3), Stripes]));
        _ = new ModelVersions(_temp.File("models/model.tar.gz")).Use(next);
        await edge.RunsAsync(next);
        await edge.FramesAsync(8);
        await edge.EndAsync();

        var frames = edge.Frames.Zip(edge.Messages)
            .SkipWhile(pair => pair.Second.GetProperty("model").GetString() != next.Version).ToList();
        Assert.All(frames, pair => Assert.False(pair.First.IsLearnt));
        Assert.Contains(frames, pair => pair.First.Label == Stripes);
        Assert.Null(edge.Status.JustLearnt);
    }

    [Fact]
    public async Task A_model_that_does_not_know_it_sees_its_frames_anew()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp, Options);
        await edge.Model.LearnAsync(Stripes, Shown(), TestContext.Current.CancellationToken);

        _ = new ModelVersions(_temp.File("models/model.tar.gz")).Use(SwappingEdge.Colours);
        await edge.RunsAsync(SwappingEdge.Colours);
        await edge.FramesAsync(8);

        Assert.Equal([Stripes], edge.Status.JustLearnt);
        var last = edge.Frames.TakeLast(4).OrderBy(frame => frame.Seen.Name);
        Assert.Equal(["Red", "Green", "Blue", Stripes], last.Select(frame => frame.Label));
    }

    [Fact]
    public async Task Forgotten_it_is_told_no_more_and_a_label_that_is_known_changes_nothing()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp, Options);
        await edge.Model.LearnAsync(Stripes, Shown(), TestContext.Current.CancellationToken);
        var learnt = edge.Status.JustLearnt;

        await edge.Model.ForgetAsync(Stripes, TestContext.Current.CancellationToken);
        await edge.Model.LearnAsync("Google", Shown(), TestContext.Current.CancellationToken);

        Assert.Equal([Stripes], learnt);
        Assert.Null(edge.Status.JustLearnt);
        Assert.Same(Models.Learnt.LearntSocks.None, edge.Model.Current.Learnt);
    }

    [Fact]
    public async Task Who_asks_which_model_is_run_is_told_of_it()
    {
        await using var edge = await SwappingEdge.StartAsync(_temp, Options);

        await edge.Model.LearnAsync(Stripes, Shown(), TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => edge.Told.Count == 2, "it is told");
        Assert.Equal(Stripes, edge.Told[1].GetProperty("justLearnt")[0].GetString());
        Assert.False(edge.Told[0].TryGetProperty("justLearnt", out _));
    }

    [Fact]
    public async Task The_live_view_says_it()
    {
        await using var view = await LiveViewClient.StartAsync(new LiveViewOptions());
        view.Server.Show(LiveViewClient.Frame(1));
        var before = JsonDocument.Parse(await view.TextAsync("/status.json")).RootElement.GetProperty("frame");
        view.Server.Show(LiveViewClient.Frame(2) with { IsLearnt = true });

        var after = JsonDocument.Parse(await view.TextAsync("/status.json")).RootElement.GetProperty("frame");

        Assert.False(before.TryGetProperty("learnt", out _));
        Assert.True(after.GetProperty("learnt").GetBoolean());
    }

    [Fact]
    public void A_message_says_it_before_the_models_version() => Assert.Equal(
        """{"image": "Stripes", "probability": 80.0, "second": "Mongo", "second_probability": 20.0, "learnt": true, "model": "0a1b"}""",
        System.Text.Encoding.UTF8.GetString(new FrameMessage(Stripes, 80)
        {
            Second = "Mongo",
            SecondPercent = 20,
            IsLearnt = true,
            Model = "0a1b",
        }.ToBytes()));

    private static List<Frame> Shown() =>
        [.. new[] { 0, 6, 12 }.Select(lighter => Pictures.Plain(((byte)(230 - lighter), (byte)(210 + lighter), (byte)(30 + lighter))))];
}
