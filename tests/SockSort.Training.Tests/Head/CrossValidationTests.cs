using SockSort.Models.Onnx;
using SockSort.Training.Features;
using SockSort.Training.Head;

namespace SockSort.Training.Tests.Head;

public class CrossValidationTests
{
    private static readonly LinearHead AlwaysZero = new(new float[2], [1, 0]);

    [Fact]
    public void No_head_is_tried_on_a_photo_that_it_or_its_copies_were_learnt_from()
    {
        int[] classes = [0, 0, 0, 1, 1, 1];
        var set = WithCopies(classes);
        var learnt = new List<int[]>();

        var check = CrossValidation.Run(set, Files(classes), threads: 1, (rows, _) =>
        {
            learnt.Add([.. rows.Select(row => set.Photos[row]).Distinct().Order()]);
            return AlwaysZero;
        });

        Assert.Equal(3, check!.Folds);
        Assert.Equal([[-1, 1, 2, 4, 5], [-1, 0, 2, 3, 5], [-1, 0, 1, 3, 4]], learnt);
        Assert.Equal([0, 0, 0, 0, 0, 0], check.Photos);
        Assert.Equal(0.5, check.CopiesRight);
    }

    [Fact]
    public void The_only_photo_of_a_class_is_always_learnt_and_never_judged()
    {
        int[] classes = [0, 0, 1];
        var set = WithCopies(classes);

        var check = CrossValidation.Run(set, Files(classes), threads: 1, (rows, _) =>
        {
            Assert.Contains(rows, row => set.Photos[row] == 2);
            return AlwaysZero;
        });

        Assert.Equal([0, 0, -1], check!.Photos);
    }

    [Fact]
    public void Photos_that_are_alone_in_their_class_leave_nothing_to_check()
    {
        Assert.Null(CrossValidation.Run(WithCopies([0, 1]), Files([0, 1]), threads: 1, (_, _) => AlwaysZero));
    }

    [Fact]
    public void Photos_that_are_copies_of_one_file_are_held_out_together()
    {
        var set = WithCopies([0, 0, 0, 1, 1]);
        var learnt = new List<int[]>();

        _ = CrossValidation.Run(set, [(0, "a"), (0, "b"), (0, "a"), (1, "c"), (1, "c")], threads: 1, (rows, _) =>
        {
            learnt.Add([.. rows.Select(row => set.Photos[row]).Distinct().Order()]);
            return AlwaysZero;
        });

        Assert.Equal([[-1, 1, 3, 4], [-1, 0, 2, 3, 4]], learnt);
    }

    [Fact]
    public void A_background_in_the_colours_of_a_photo_is_held_out_with_it()
    {
        int[] classes = [0, 0, 1, 1];
        var set = WithCopies(classes);
        set.Seen[^1] = 2;
        var learnt = new List<bool>();

        _ = CrossValidation.Run(set, Files(classes), threads: 1, (rows, _) =>
        {
            learnt.Add(rows.Contains(set.Count - 1));
            return AlwaysZero;
        });

        Assert.Equal([false, true], learnt);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(4)]
    public void The_temperature_makes_the_probabilities_true_shares(double temperature)
    {
        var held = new HeldOutLogits();
        // Odds of 3 to 1 said at the given temperature, and 75 of 100 right.
        var head = new LinearHead([(float)(Math.Log(3) * temperature), 0], [0, 0]);
        for (var i = 0; i < 100; i++)
            held.Add(head, [1f], known: i % 4 == 0 ? 1 : 0);

        Assert.Equal(temperature, held.BestTemperature(), 0.01 * temperature);
        Assert.Equal(0.75, held.ShareRight());
    }

    private static (int Class, string Sha256)[] Files(int[] classes) => [.. classes.Select((known, photo) => (known, $"{photo}"))];

    /// <summary>Each photo as it is and one copy, then a painted background.</summary>
    private static EmbeddedSet WithCopies(int[] classes)
    {
        var photos = classes.Length;
        int[] of = [.. Enumerable.Range(0, photos), .. Enumerable.Range(0, photos), -1];
        return new EmbeddedSet(1, new float[of.Length], [.. of.Select(photo => photo < 0 ? 1 : classes[photo])], of,
            [.. Enumerable.Range(0, of.Length).Select(row => row >= photos)], [.. of]);
    }
}
