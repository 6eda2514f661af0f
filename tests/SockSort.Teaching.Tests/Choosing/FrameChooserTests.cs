using SockSort.Imaging;
using SockSort.Teaching.Choosing;

namespace SockSort.Teaching.Tests.Choosing;

/// <summary>Frames whose embedding is an angle: two are the more alike the nearer their angles are.</summary>
public sealed class FrameChooserTests
{
    private static readonly ChooserOptions Three = new() { Wanted = 3 };

    [Fact]
    public void Frames_that_differ_are_taken_until_there_are_enough()
    {
        var chooser = new FrameChooser(Three);

        var advice = new[] { At(0), At(60), At(120), At(180) }.Select(chooser.Look);

        Assert.Equal([Advice.Taken, Advice.Taken, Advice.Enough, Advice.Enough], advice);
        Assert.Equal((3, 3), (chooser.Taken.Count, chooser.Seen));
    }

    [Fact]
    public void What_looks_as_before_is_not_taken_and_asks_for_a_turn()
    {
        var chooser = new FrameChooser(Three);
        _ = chooser.Look(At(0));

        var advice = chooser.Look(At(2));

        Assert.Equal(Advice.TurnIt, advice);
        Assert.Single(chooser.Taken);
    }

    [Fact]
    public void Of_two_that_look_alike_the_much_sharper_one_stays()
    {
        var chooser = new FrameChooser(Three);
        var (first, sharper) = (At(0, sharpness: 100), At(2, sharpness: 200));
        _ = chooser.Look(first);

        _ = chooser.Look(sharper);

        Assert.Same(sharper.Picture, Assert.Single(chooser.Taken));
    }

    [Fact]
    public void A_blurred_frame_asks_to_hold_still()
    {
        var chooser = new FrameChooser(Three);
        _ = chooser.Look(At(0, sharpness: 100));

        Assert.Equal(Advice.HoldStill, chooser.Look(At(90, sharpness: 20)));
    }

    [Fact]
    public void In_a_darker_light_in_which_all_is_less_sharp_frames_are_taken_again_after_a_while()
    {
        var chooser = new FrameChooser(Three);
        _ = chooser.Look(At(0, sharpness: 100));

        var advice = Enumerable.Repeat(At(90, sharpness: 20), 100).Select(chooser.Look).First(said => said != Advice.HoldStill);

        Assert.Equal(Advice.Taken, advice);
    }

    [Fact]
    public void An_empty_scene_is_no_sock_and_one_that_is_nearly_empty_asks_for_closer()
    {
        var chooser = new FrameChooser(Three);
        _ = chooser.Look(At(0, blank: 0.1));

        Assert.Equal(Advice.ShowIt, chooser.Look(At(90, blank: 0.9)));
        Assert.Equal(Advice.Closer, chooser.Look(At(1, blank: 0.3)));
        Assert.Single(chooser.Taken);
    }

    [Fact]
    public void The_empty_scene_itself_can_be_taught()
    {
        var chooser = new FrameChooser(Three with { IsBackground = true });

        Assert.Equal(Advice.Taken, chooser.Look(At(0, blank: 0.99)));
    }

    [Fact]
    public void A_sock_that_is_held_still_is_taught_by_frames_that_differ_little()
    {
        var chooser = new FrameChooser(Three);

        for (var frame = 0; frame < 1000 && !chooser.IsEnough; frame++)
            _ = chooser.Look(At(frame % 10));

        Assert.True(chooser.IsEnough, $"{chooser.Taken.Count} of {chooser.Seen} frames were taken");
    }

    private static ShownFrame At(double degrees, double sharpness = 100, double? blank = null)
    {
        var radians = degrees * Math.PI / 180;
        return new ShownFrame(new Frame(1, 1), [(float)Math.Cos(radians), (float)Math.Sin(radians)], sharpness, blank);
    }
}
