using SockSort.Training.Rejection;

namespace SockSort.Training.Tests.Rejection;

public class RejectionThresholdTests
{
    [Fact]
    public void The_threshold_lies_where_pictures_of_left_out_classes_part_from_the_others()
    {
        // Three classes and Blank; each picture is sure of its own class and torn between the others.
        (float[] Logits, int Class)[] rows = [([6, 0, 0, 0], 0), ([0, 6, 0, 0], 1), ([0, 0, 6, 0], 2)];

        var chosen = RejectionThreshold.Choose(rows, background: 3, temperature: 1)!;

        // Two thirds of the scores are known ones, at e^6 / (e^6 + 2); the rest is 1/3.
        Assert.Equal((1, 1), (chosen.KnownKept, chosen.UnknownFound));
        Assert.Equal(Math.Exp(6) / (Math.Exp(6) + 2), chosen.Threshold, 1e-5);
    }

    [Fact]
    public void Pictures_of_no_class_count_as_unknown()
    {
        (float[] Logits, int Class)[] rows = [([5, 0, 0], 0), ([0, 5, 0], 1), ([1, 1, 1], -1), ([0, 4, 4], -1)];

        var chosen = RejectionThreshold.Choose(rows, background: 2, temperature: 1)!;

        Assert.Equal(1, chosen.KnownKept);
        Assert.InRange(chosen.UnknownFound, 0.8, 1);
    }

    [Fact]
    public void A_single_sock_beside_Blank_has_no_threshold() =>
        Assert.Null(RejectionThreshold.Choose([([5, 0], 0), ([0, 5], 1), ([1, 1], -1)], background: 1, temperature: 1));

    [Fact]
    public void An_unknown_picture_at_the_threshold_itself_is_not_found()
    {
        (float[] Logits, int Class)[] rows = [([5, 0, 0], -1), ([5, 0, 0], 0)];

        var chosen = RejectionThreshold.Choose(rows, background: 2, temperature: 1)!;

        // Without class 0 both are torn, without class 1 both are as sure: one of these is known, the other is not found.
        Assert.Equal((1, 2 / 3.0), (chosen.KnownKept, chosen.UnknownFound));
    }

    [Fact]
    public void A_threshold_is_rounded_downwards_so_that_what_it_kept_is_kept() =>
        Assert.Equal(0.9999, new RejectionThreshold(0.99995, 1, 1).Rounded);

    [Fact]
    public void Without_known_or_unknown_pictures_there_is_none() =>
        Assert.Null(RejectionThreshold.Choose([([1, 2, 3], -1)], background: 0, temperature: 1));
}
