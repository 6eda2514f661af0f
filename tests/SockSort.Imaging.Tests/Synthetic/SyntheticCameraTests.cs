using SockSort.Imaging.Synthetic;

namespace SockSort.Imaging.Tests.Synthetic;

public sealed class SyntheticCameraTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_in_whatever_order_frames_are_taken()
    {
        using var one = SyntheticCamera.ForSeed(3);
        using var other = SyntheticCamera.ForSeed(3);
        one.Take(24);

        var first = one.Take(5);
        var second = other.Take(5);

        Assert.Equal(first.Frame.Rgb, second.Frame.Rgb);
    }

    [Fact]
    public void Another_seed_gives_other_bytes()
    {
        using var one = SyntheticCamera.ForSeed(3);
        using var other = SyntheticCamera.ForSeed(4);

        Assert.NotEqual(one.Take(0).Frame.Rgb, other.Take(0).Frame.Rgb);
        Assert.NotEqual(one.Take(5).Frame.Rgb, other.Take(5).Frame.Rgb);
    }

    [Fact]
    public void Frames_carry_number_time_and_the_truth_of_the_scenario()
    {
        var (seed, label) = (1, SockDesigns.Pick(1, 2)[0].Label);
        var scenario = new Scenario([new Showing(null, TimeSpan.FromSeconds(0.5)), new Showing(label, TimeSpan.FromSeconds(1))]);
        using var camera = new SyntheticCamera(seed, scenario, Small with { FramesPerSecond = 4 });

        var frames = camera.Frames().Select(frame => (frame.Number, frame.Time.TotalSeconds, frame.Label));

        Assert.Equal([(0, 0, "Blank"), (1, 0.25, "Blank"), (2, 0.5, label), (3, 0.75, label), (4, 1, label), (5, 1.25, label)], frames);
        Assert.Equal(6, camera.FrameCount);
    }

    [Fact]
    public void Repeated_the_scenario_starts_again_with_fresh_noise()
    {
        var scenario = new Scenario([new Showing(null, TimeSpan.FromSeconds(0.5))]);
        using var camera = new SyntheticCamera(1, scenario, Small);

        var frames = camera.Frames(repeat: true).Take(4).ToList();

        Assert.Equal([0, 1, 2, 3], frames.Select(frame => frame.Number));
        Assert.NotEqual(frames[0].Frame.Rgb, frames[2].Frame.Rgb);
    }

    [Fact]
    public void A_frame_has_the_size_asked_for()
    {
        using var camera = SyntheticCamera.ForSeed(1, options: new SyntheticCameraOptions { Width = 1280, Height = 720 });

        var frame = camera.Take(0).Frame;

        Assert.Equal((1280, 720), (frame.Width, frame.Height));
    }

    [Fact]
    public void From_its_first_to_its_last_moment_a_sock_covers_much_of_the_picture_and_none_of_an_empty_one()
    {
        var label = SockDesigns.All(1).Single(design => design.Name == "stars").Label;
        var scenario = new Scenario([new Showing(null, TimeSpan.FromSeconds(0.5)), new Showing(label, TimeSpan.FromSeconds(2))]);
        using var camera = new SyntheticCamera(1, scenario, Small with { FramesPerSecond = 50 });
        var empty = camera.Take(0).Frame;

        var covered = new[] { 25L, 30, 75, 120, 124 }.Select(number => Pixels.ShareThatDiffers(empty, camera.Take(number).Frame, step: 40));

        Assert.All(covered, share => Assert.InRange(share, 0.06, 0.5));
        Assert.InRange(Pixels.ShareThatDiffers(empty, camera.Take(24).Frame, step: 40), 0, 0.001);
    }

    [Fact]
    public void Both_worlds_show_a_blue_sock_blue()
    {
        var design = SockDesigns.All(1).Single(design => design.Name == "ocean-blue");
        using var photos = new PhotoWorld(1, SockDesigns.Count);
        using var camera = new SyntheticCamera(
            1, new Scenario([new Showing(design.Label, TimeSpan.FromSeconds(2)), new Showing(null, TimeSpan.FromSeconds(1))]), Small);

        Assert.InRange(Pixels.ShareOfBlue(photos.Photo(design, 0)), 0.08, 0.5);
        Assert.InRange(Pixels.ShareOfBlue(camera.Take(4).Frame), 0.08, 0.5);
        Assert.InRange(Pixels.ShareOfBlue(camera.Take(8).Frame), 0, 0.01);
    }

    [Fact]
    public void A_scenario_may_show_a_sock_that_no_class_was_made_of()
    {
        var unknown = SockDesigns.All(1)[^1].Label;
        using var camera = new SyntheticCamera(1, new Scenario([new Showing(unknown, TimeSpan.FromSeconds(1))]), Small);

        Assert.Equal(unknown, camera.Take(0).Label);
    }

    [Fact]
    public void A_sock_that_no_design_has_is_refused_with_the_names_there_are()
    {
        var scenario = new Scenario([new Showing("Gloves", TimeSpan.FromSeconds(1))]);

        var error = Assert.Throws<SyntheticException>(() => new SyntheticCamera(1, scenario));

        Assert.StartsWith(
            "synthetic scenario: no design has the label 'Gloves'; labels are Argyle, Badge, Bananas,", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_range_are_refused_with_the_range()
    {
        Assert.Equal("synthetic camera: width 10 is out of range: choose 160 to 3840", Refuse(new SyntheticCameraOptions { Width = 10 }));
        Assert.Equal(
            "synthetic camera: height 9000 is out of range: choose 90 to 2160", Refuse(new SyntheticCameraOptions { Height = 9000 }));
        Assert.Equal(
            "synthetic camera: frames a second NaN is out of range: choose 0.1 to 240",
            Refuse(new SyntheticCameraOptions { FramesPerSecond = double.NaN }));
    }

    private static SyntheticCameraOptions Small => new() { Width = 320, Height = 180 };

    private static string Refuse(SyntheticCameraOptions options) =>
        Assert.Throws<SyntheticException>(() => SyntheticCamera.ForSeed(1, options: options)).Message;
}
