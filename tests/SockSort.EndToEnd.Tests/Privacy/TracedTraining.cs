using SockSort.Cli.Demo;
using SockSort.Dataset.Photos;
using SockSort.EndToEnd.Tests.Demo;
using SockSort.Testing;
using SockSort.Training;

namespace SockSort.EndToEnd.Tests.Privacy;

/// <summary>A training of a few seconds that was watched; its model serves the other tests.</summary>
public sealed class TracedTraining : IAsyncLifetime
{
    private const int DemoSteps = 30;

    public TempFolder Folder { get; } = new();

    public DemoFolder Demo { get; } = new();

    public NetworkTrace Trace { get; private set; } = null!;

    public string Output { get; private set; } = "";

    public string Photos { get; private set; } = "";

    public string Model => Folder.File("model.tar.gz");

    public string Report => Folder.File("report/report.html");

    public async ValueTask InitializeAsync()
    {
        Trace = new NetworkTrace(Folder, "train");
        Photos = await Demo.PhotosAsync();
        await using var train = SocksortProcess.Start(
        [
            "train", "--data", Photos, "--out", Model, "--report", Folder.File("report"),
            "--blocks", "1", "--steps", "1", "--mini-batch-size", "2", "--image-size", "64", "--copies", "1",
        ], trace: Trace);
        Assert.True(await train.EndAsync() == 0, train.Output);
        Output = train.Output;
    }

    /// <summary>Puts the model where a demo of these photos finds the one that it has learnt before.</summary>
    public async Task GiveToDemoAsync()
    {
        using var photos = await PhotoSet.OpenAsync(Photos, root: null, TestContext.Current.CancellationToken);
        var key = DemoModel.KeyOf(photos, new TrainingOptions { Seed = 1, Steps = DemoSteps });
        _ = Directory.CreateDirectory(Path.Combine(Demo.Data, "demo"));
        File.Copy(Model, Path.Combine(Demo.Data, "demo", $"model-{key}.tar.gz"));
    }

    public ValueTask DisposeAsync()
    {
        Demo.Dispose();
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
