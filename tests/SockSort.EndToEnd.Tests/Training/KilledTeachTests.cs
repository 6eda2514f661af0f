using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Training;

/// <summary><c>socksort teach</c> is killed by <c>kill -9</c> while it trains: the model in use stays, and the next one is whole.</summary>
public sealed class KilledTeachTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private string Model => _temp.File("model.tar.gz");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task The_model_in_use_stays_the_training_ends_too_and_the_photos_that_were_shown_are_there_for_the_next_one()
    {
        KilledTraining.CopyPhotos(_temp.File("photos"));
        await RunAsync("train", "--data", _temp.File("photos"), "--out", Model, "--steps", "1", "--copies", "1");
        var before = File.ReadAllBytes(Model);

        // More steps than anybody waits for.
        await using (var teaching = SocksortProcess.Start(Teach("--steps", "100000")))
            await KilledTraining.KillAsync(teaching, Model);

        Assert.Equal(before, File.ReadAllBytes(Model));
        Assert.Empty(Directory.GetFiles(_temp.Path, "*.taught"));
        await RunAsync(Teach("--more", "--steps", "1", "--anyway"));
        Assert.NotEqual(before, File.ReadAllBytes(Model));
        Assert.Empty(Directory.GetFileSystemEntries(_temp.Path, "*.taught*"));
        Assert.Equal(12, Directory.GetFiles(_temp.File("photos/class-stripes")).Length);
    }

    private string[] Teach(params string[] more) =>
    [
        "teach", "Stripes", "--camera", Repository.Shared("data/sock-camera"), "--photos", _temp.File("photos"), "--model", Model, "--fps",
        "0", "--frames", "6", .. more,
    ];

    private static async Task RunAsync(params string[] arguments)
    {
        var (code, output) = await SocksortProcess.RunAsync(arguments);
        Assert.True(code == 0, output);
    }
}
