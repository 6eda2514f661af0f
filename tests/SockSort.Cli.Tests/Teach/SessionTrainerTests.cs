using SockSort.Cli.Output;
using SockSort.Cli.Teach;
using SockSort.Models.Versions;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Teach;

public sealed class SessionTrainerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_model_is_trained_from_photos_told_of_and_used()
    {
        _ = await CliRun.InvokeAsync(
            "photos", "synth", "--classes", "2", "--per-class", "3", "--seed", "3", "--out", _folder.File("photos"));
        var versions = new ModelVersions(_folder.File("model.tar.gz"));
        var trainer = new SessionTrainer(versions, ["--blocks", "0", "--copies", "2"]);
        List<string> told = [];

        using var trained = await trainer.TrainAsync(_folder.File("photos"), told.Add, TestContext.Current.CancellationToken);
        var isUsedAtOnce = File.Exists(versions.Model);
        var said = trained.Use();

        Assert.False(isUsedAtOnce);
        Assert.Equal($"Version {versions.ReadInUse().Version} is in use now", said);
        Assert.Contains(told, line => line.Contains("3 labels, learnt from 6 photos", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_sock_alone_is_an_error_that_says_what_to_do()
    {
        _ = await CliRun.InvokeAsync(
            "photos", "synth", "--classes", "2", "--per-class", "3", "--seed", "3", "--out", _folder.File("photos"));
        Directory.Delete(Directory.GetDirectories(_folder.File("photos"))[0], recursive: true);
        var trainer = new SessionTrainer(new ModelVersions(_folder.File("model.tar.gz")), more: []);

        var error = await Assert.ThrowsAsync<CommandException>(
            () => trainer.TrainAsync(_folder.File("photos"), _ => { }, TestContext.Current.CancellationToken));

        Assert.EndsWith(" alone: teach another sock, or 'blank', then a model can tell them apart", error.Message);
    }
}
