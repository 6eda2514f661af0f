using Microsoft.Playwright;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.LiveView;
using SockSort.Edge.Tests.Loop;
using SockSort.Models.Versions;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Training;

/// <summary>
/// <c>socksort run</c> is killed by <c>kill -9</c> while the page Teach trains, and while what it has trained waits to be used: nothing is
/// half, and it runs again.
/// </summary>
public sealed class KilledPageTrainingTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    // In milliseconds.
    private const float MostOfTraining = 600_000;

    private readonly TempFolder _temp = new();

    private string Model => _temp.File("model.tar.gz");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task The_model_and_the_photos_stay_the_training_ends_too_and_can_begin_again_after_a_start()
    {
        Prepare();
        var (model, photos) = (File.ReadAllBytes(Model), Photos());

        await KillWhileItTrainsAsync();

        Assert.Equal(model, File.ReadAllBytes(Model));
        Assert.Equal(photos, Photos());
        // The next training goes on from the checkpoint.
        Assert.Equal(
            ["model.tar.gz", "model.tar.gz.taught.checkpoint"],
            Directory.GetFileSystemEntries(_temp.Path, "model*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await using var again = Start();
        await using var browser = await OpenAsync(again);
        await Assertions.Expect(TrainIn(browser)).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_model_that_waited_to_be_used_is_whole_beside_the_one_in_use_and_the_training_can_begin_again()
    {
        // A whole training takes a minute of two cores.
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all", "a whole training: ./test --all");
        Prepare();
        var (model, photos) = (File.ReadAllBytes(Model), Photos());

        await KillWhileItWaitsAsync();

        Assert.Equal(model, File.ReadAllBytes(Model));
        Assert.Equal(photos, Photos());
        Assert.NotEqual(PackageFile.Read(Model).Version, PackageFile.Read($"{Model}.taught").Version);
        await using var again = Start();
        await using var browser = await OpenAsync(again);
        await TrainIn(browser).ClickAsync();
        await UseIn(browser).ClickAsync(new() { Timeout = MostOfTraining });
        await Eventually.TrueAsync(() => !File.ReadAllBytes(Model).SequenceEqual(model), "the new model is in use");
        await Eventually.TrueAsync(() => !File.Exists($"{Model}.taught"), "nothing is left beside it");
    }

    private async Task KillWhileItWaitsAsync()
    {
        await using var run = Start();
        await using var browser = await OpenAsync(run);
        await TrainIn(browser).ClickAsync();
        await Assertions.Expect(UseIn(browser)).ToBeVisibleAsync(new() { Timeout = MostOfTraining });
        await run.KillAsync();
    }

    private async Task KillWhileItTrainsAsync()
    {
        await using var run = Start();
        await using var browser = await OpenAsync(run);
        await TrainIn(browser).ClickAsync();
        await KilledTraining.KillAsync(run, Model);
    }

    private SocksortProcess Start() => SocksortProcess.Start(["run", "--config", _temp.File("run.yaml")]);

    /// <summary>Opens the page Teach.</summary>
    private async Task<ChromiumPage> OpenAsync(SocksortProcess run)
    {
        var address = (await run.LineAsync(@"^dashboard +(https://\S+)$")).Groups[1].Value;
        _ = await run.LineAsync("^running; Ctrl-C ends$");
        var browser = await chromium.OpenAsync();
        await browser.GotoAsync($"{address}/teach");
        _ = await browser.Page.WaitForSelectorAsync("main[data-listens]");
        return browser;
    }

    private static ILocator TrainIn(ChromiumPage browser) =>
        browser.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Train now" });

    private static ILocator UseIn(ChromiumPage browser) =>
        browser.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Use it" });

    private void Prepare()
    {
        ColourModel.Package().Write(Model);
        Pictures.WriteFolder(Directory.CreateDirectory(_temp.File("desk")).FullName);
        KilledTraining.CopyPhotos(_temp.File("photos"));
        _ = _temp.Write("run.yaml", """
            data: data
            model: model.tar.gz
            photos: photos
            broker: {listen: 127.0.0.1:0}
            listen: {sql: http://127.0.0.1:0, connect: http://127.0.0.1:0, view: https://127.0.0.1:0}
            cameras:
              - {source: desk, name: desk, loop: true, fps: 2}

            """);
    }

    private List<string> Photos() =>
    [
        .. Directory.GetFiles(_temp.File("photos"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(photo => $"{photo} {Convert.ToHexString(File.ReadAllBytes(photo))}"),
    ];
}
