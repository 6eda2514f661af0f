using SockSort.Imaging.Synthetic;

namespace SockSort.Imaging.Tests.Synthetic;

public sealed class PhotoWorldTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_in_whatever_order_photos_are_taken()
    {
        using var one = new PhotoWorld(seed: 4, classes: 3);
        using var other = new PhotoWorld(seed: 4, classes: 5);

        var first = one.Photo(one.Designs[0], 0);
        other.Photo(other.Designs[2], 5);
        var second = other.Photo(other.Designs[0], 0);

        Assert.Equal((first.Width, first.Height), (second.Width, second.Height));
        Assert.Equal(first.Rgb, second.Rgb);
    }

    [Fact]
    public void Another_seed_another_number_and_another_sock_give_other_pictures()
    {
        using var world = new PhotoWorld(seed: 4, classes: 2);
        using var other = new PhotoWorld(seed: 5, classes: 2);
        Frame[] photos =
        [
            world.Photo(world.Designs[0], 0), world.Photo(world.Designs[0], 1), world.Photo(world.Designs[1], 0),
            other.Photo(other.Designs[0], 0), world.EmptyPhoto(0),
        ];

        Assert.Equal(photos.Length, photos.Select(photo => Convert.ToHexString(photo.Rgb)).Distinct().Count());
    }

    [Fact]
    public void Photos_are_320_to_480_pixels_each_way()
    {
        using var world = new PhotoWorld(seed: 1, classes: 2);

        var photos = Enumerable.Range(0, 12).Select(world.EmptyPhoto).ToList();

        Assert.All(photos, photo => Assert.InRange(photo.Width, 320, 480));
        Assert.All(photos, photo => Assert.InRange(photo.Height, 320, 480));
    }

    [Fact]
    public void Shuffled_photos_hold_every_sock_and_some_desks_without_one()
    {
        using var world = new PhotoWorld(seed: 2, classes: 2);

        var labels = world.Shuffled().Take(24).Select(photo => photo.Label).ToHashSet();

        Assert.Equal([.. world.Designs.Select(design => design.Label), Scenario.Blank], labels);
    }
}
