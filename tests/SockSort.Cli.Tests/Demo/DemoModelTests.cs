using SockSort.Cli.Demo;
using SockSort.Dataset.Photos;
using SockSort.Testing;
using SockSort.Training;

namespace SockSort.Cli.Tests.Demo;

public sealed class DemoModelTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Given_a_photo_that_cannot_be_read_expect_a_model_for_the_others()
    {
        _temp.Write("class-google/1.jpg", "one");
        File.CreateSymbolicLink(_temp.File("class-google/2.jpg"), _temp.File("gone.jpg"));
        var dangling = Key();
        File.WriteAllText(_temp.File("gone.jpg"), "two");

        var whole = Key();

        Assert.Matches("^[0-9a-f]{16}$", dangling);
        Assert.NotEqual(dangling, whole);
    }

    private string Key()
    {
        using var photos = PhotoSet.OfFolder(_temp.Path);
        return DemoModel.KeyOf(photos, new TrainingOptions());
    }
}
