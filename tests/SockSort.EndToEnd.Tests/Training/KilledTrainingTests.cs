using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Training;

public sealed class KilledTrainingTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_training_that_is_killed_goes_on_to_the_bytes_of_one_that_was_not()
    {
        var photos = Repository.Shared("data/sock-photos");
        // Long enough for a checkpoint on a fast machine.
        string[] Arguments(string name) =>
            [
                "train", "--data", photos, "--out", _temp.File(name), "--steps", "150", "--image-size", "96", "--blocks", "4", "--copies",
                "1", "--threads", "2",
            ];

        await using (var killed = SocksortProcess.Start(Arguments("killed.tar.gz")))
        {
            await Eventually.TrueAsync(
                () => File.Exists(_temp.File("killed.tar.gz.checkpoint")) || File.Exists(_temp.File("killed.tar.gz")), "a checkpoint",
                TimeSpan.FromMinutes(2));
            await killed.KillAsync();
        }
        Assert.False(File.Exists(_temp.File("killed.tar.gz")));
        var resumed = await SocksortProcess.RunAsync(Arguments("killed.tar.gz"));
        var whole = await SocksortProcess.RunAsync(Arguments("whole.tar.gz"));

        Assert.Equal((0, 0), (resumed.ExitCode, whole.ExitCode));
        Assert.Equal(File.ReadAllBytes(_temp.File("whole.tar.gz")), File.ReadAllBytes(_temp.File("killed.tar.gz")));
        Assert.Equal(["killed.tar.gz", "whole.tar.gz"], Directory.GetFiles(_temp.Path).Select(Path.GetFileName).Order());
    }
}
