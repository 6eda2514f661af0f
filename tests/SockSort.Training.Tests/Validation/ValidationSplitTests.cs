using SockSort.Imaging;
using SockSort.Training.Augmentation;
using SockSort.Training.Photos;
using SockSort.Training.Validation;

namespace SockSort.Training.Tests.Validation;

public class ValidationSplitTests
{
    [Theory]
    [InlineData(0.2, 1, 2)]
    [InlineData(0.5, 1, 5)]
    [InlineData(0.9, 2, 9)]
    [InlineData(0.01, 1, 1)]
    public void Of_each_class_its_share_is_held_out_but_at_least_one_and_never_the_last(double share, int ofThree, int ofTen)
    {
        TrainingPhoto[] photos =
        [
            .. Photos(0, "a", "b", "c"),
            .. Photos(1, [.. Enumerable.Range(0, 10).Select(file => $"{file}")]),
            .. Photos(2, "alone"),
        ];

        var (learnt, held) = ValidationSplit.Part(photos, share, seed: 1);

        Assert.Equal(
            (ofThree, ofTen, 0),
            (held.Count(photo => photo.Class == 0), held.Count(photo => photo.Class == 1), held.Count(photo => photo.Class == 2)));
        Assert.Equal(photos.Select(photo => photo.Name).Order(), learnt.Concat(held).Select(photo => photo.Name).Order());
        Assert.Equal(photos.Where(learnt.Contains), learnt);
    }

    [Fact]
    public void The_seed_says_which_and_the_same_seed_the_same()
    {
        var photos = Photos(0, [.. Enumerable.Range(0, 30).Select(file => $"{file}")]);
        string[] Held(int seed) => [.. ValidationSplit.Part(photos, 0.3, seed).Held.Select(photo => photo.Name)];

        Assert.Equal(Held(1), Held(1));
        Assert.NotEqual(Held(1), Held(2));
        Assert.Equal(9, Held(2).Length);
    }

    [Fact]
    public void Copies_of_one_file_are_never_on_both_sides()
    {
        var photos = Photos(0, "a", "a", "a", "b", "c", "c");

        for (var seed = 0; seed < 20; seed++)
        {
            var (learnt, held) = ValidationSplit.Part(photos, 0.4, seed);
            Assert.Empty(learnt.Select(photo => photo.Sha256).Intersect(held.Select(photo => photo.Sha256)));
            Assert.NotEmpty(learnt);
            Assert.NotEmpty(held);
        }
    }

    [Fact]
    public void No_share_holds_nothing_out()
    {
        var photos = Photos(0, "a", "b");

        Assert.Equal((2, 0), (ValidationSplit.Part(photos, 0, 1).Learnt.Length, ValidationSplit.Part(photos, 0, 1).Held.Length));
    }

    /// <param name="known">Their class.</param>
    /// <param name="files">What their file holds: the same is the same file.</param>
    private static TrainingPhoto[] Photos(int known, params string[] files)
    {
        var frame = new Frame(1, 1);
        return
        [
            .. files.Select(
                (file, number) => new TrainingPhoto(known, frame, new PhotoPyramid(frame), $"{known} {file}", $"{known}/{number}")),
        ];
    }
}
