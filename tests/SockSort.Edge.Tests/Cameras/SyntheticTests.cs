using SockSort.Edge.Cameras;
using SockSort.Imaging.Synthetic;

namespace SockSort.Edge.Tests.Cameras;

public sealed class SyntheticTests
{
    private static readonly CameraOptions Short = new()
    {
        Fps = 0,
        Scenario = seed => new Scenario([
            new Showing(null, TimeSpan.FromSeconds(0.5)),
            new Showing(SockDesigns.Pick(seed, 2)[0].Label, TimeSpan.FromSeconds(0.75)),
        ]),
    };

    [Fact]
    public async Task A_synthetic_camera_shows_its_scenario_and_knows_the_truth()
    {
        var sock = SockDesigns.Pick(7, 2)[0].Label;
        await using var camera = CameraSource.Open("synthetic:7", Short);

        var frames = await Pictures.ReadAllAsync(camera);

        Assert.Equal(
            [
                ("synthetic:7#1", "Blank"), ("synthetic:7#2", "Blank"), ("synthetic:7#3", sock), ("synthetic:7#4", sock),
                ("synthetic:7#5", sock),
            ],
            frames.Select(frame => (frame.Name, frame.Truth!)));
    }

    [Fact]
    public async Task A_scene_that_goes_on_by_itself_is_seen_where_it_is_when_a_frame_is_taken()
    {
        var scene = TimeSpan.FromSeconds(0.25);
        await using var camera = CameraSource.Open("synthetic:7", Short with { SceneTime = () => scene });

        var first = await camera.NextAsync(default);
        var second = await camera.NextAsync(default);
        scene = TimeSpan.FromSeconds(1);
        var later = await camera.NextAsync(default);

        Assert.Equal(["synthetic:7#2", "synthetic:7#3", "synthetic:7#5"], [first!.Name, second!.Name, later!.Name]);
        Assert.Null(await camera.NextAsync(default));
        Assert.Equal(new CameraCounts(3, 0, Dropped: 1), camera.Counts);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_pictures()
    {
        await using var camera = CameraSource.Open("synthetic:7", Short);
        await using var again = CameraSource.Open("synthetic:7", Short);

        var (frames, same) = (await Pictures.ReadAllAsync(camera), await Pictures.ReadAllAsync(again));

        Assert.Equal(frames.Select(frame => frame.Picture.Rgb), same.Select(frame => frame.Picture.Rgb));
    }

    [Fact]
    public async Task Without_a_scenario_one_of_eight_socks_comes_every_five_seconds()
    {
        await using var camera = CameraSource.Open("synthetic:1", new CameraOptions { Fps = 0, Loop = true });
        var labels = SockDesigns.Pick(1, 8).Select(design => design.Label).Append("Blank").ToHashSet();
        List<string> seen = [];

        for (var count = 0; count < 60; count++)
            seen.Add((await camera.NextAsync(TestContext.Current.CancellationToken))!.Truth!);

        Assert.Subset(labels, seen.ToHashSet());
        Assert.Equal(3, seen.Where((label, index) => label != "Blank" && seen[index - 1] == "Blank").Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("one")]
    public void A_seed_that_is_no_number_is_an_error(string seed)
    {
        var error = Assert.Throws<CameraException>(() => CameraSource.Open("synthetic:" + seed, Short));

        Assert.Equal($"camera 'synthetic:{seed}': the seed must be a whole number from 0 to 2147483647, as in synthetic:1", error.Message);
    }
}
