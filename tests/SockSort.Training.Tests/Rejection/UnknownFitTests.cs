using SockSort.Models.Package;
using SockSort.Training.Features;
using SockSort.Training.Photos;
using SockSort.Training.Rejection;

namespace SockSort.Training.Tests.Rejection;

public class UnknownFitTests
{
    private const int Width = 4;

    private static readonly TappedValue[] Values = [new("value", IsMap: false, First: 0, Width)];

    [Fact]
    public void Pictures_near_their_class_are_kept_and_those_of_a_class_left_out_or_of_none_are_told()
    {
        var plan = Plan(photosOfClass: 2);

        var fitted = new UnknownFit(plan, Rows(plan), Values, threads: 1).Run(held: null, [])!;

        Assert.InRange(fitted.Estimate.KnownKept, 0.9, 1);
        Assert.Equal((1, 1), (fitted.Estimate.UnknownFound, fitted.Estimate.ForeignFound));
        Assert.Equal(["A", "B"], fitted.Estimate.LeftOut.Select(picture => picture.Label).Distinct());
        Assert.Null(fitted.Held);
    }

    [Fact]
    public void Photos_that_were_held_out_are_judged_and_one_of_a_sock_that_is_not_taught_is_told()
    {
        var plan = Plan(photosOfClass: 2);
        var set = Rows(plan);
        float[] values = [.. set.Row(0), 50, 50, 50, 50];
        var held = new EmbeddedSet(Width, values, [0, -1], [0, 1], [false, false], [0, 1]);

        var fitted = new UnknownFit(plan, set, Values, threads: 1).Run(held, ["A", "Other"])!;

        Assert.InRange(fitted.Held![0], 0, 0.5);
        Assert.InRange(fitted.Held[1], 0.5, 1);
        Assert.Contains(fitted.Estimate.Foreign, picture => picture.Label == "Other");
    }

    [Fact]
    public void Where_no_class_has_two_photos_nothing_says_how_far_from_its_class_a_picture_may_be()
    {
        var plan = Plan(photosOfClass: 1);

        Assert.Null(new UnknownFit(plan, Rows(plan), Values, threads: 1).Run(held: null, []));
    }

    /// <summary>Two classes with photos, and Blank.</summary>
    private static TrainingPlan Plan(int photosOfClass)
    {
        ModelClass[] classes = [new("A", "a"), new("B", "b"), new(ModelPackage.BackgroundLabel, null)];
        var whole = Pictures.Plain(8, 8, 100, 100, 100);
        TrainingPhoto[] photos =
        [
            .. Enumerable.Range(0, 2 * photosOfClass)
                .Select(index => new TrainingPhoto(index % 2, whole, new(whole), $"hash {index}", $"{index}.png")),
        ];
        return new TrainingPlan(classes, photos, [], [], []);
    }

    /// <summary>40 copies of each photo around its class, 20 backgrounds, 5 socks of no class far from all.</summary>
    private static EmbeddedSet Rows(TrainingPlan plan)
    {
        var random = new Random(3);
        List<(int Class, int Photo, float[] Values)> rows = [];
        foreach (var (index, photo) in plan.Photos.Index())
            rows.AddRange(Enumerable.Range(0, 40).Select(_ => (photo.Class, index, Around(5 * photo.Class))));
        rows.AddRange(Enumerable.Range(0, 20).Select(_ => (plan.Background, Sample.Background, Around(-5))));
        rows.AddRange(Enumerable.Range(0, 5).Select(_ => (-1, Sample.Foreign, Around(50))));
        return new EmbeddedSet(
            Width, [.. rows.SelectMany(row => row.Values)], [.. rows.Select(row => row.Class)], [.. rows.Select(row => row.Photo)],
            [.. rows.Select(_ => true)], [.. rows.Select(row => Math.Max(-1, row.Photo))]);

        float[] Around(float middle) => [.. Enumerable.Range(0, Width).Select(_ => middle + random.NextSingle() - 0.5f)];
    }
}
