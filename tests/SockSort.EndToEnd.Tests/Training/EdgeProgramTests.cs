using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Training;

/// <summary>The program for the edge, published as the manual says.</summary>
public sealed class EdgeProgramTests(PublishedEdge published) : IClassFixture<PublishedEdge>
{
    [Fact]
    public async Task It_holds_no_trainer_and_says_what_is_missing_and_the_camera_s_command_is_there()
    {
        var missing = published.Folder.File("none.tar.gz");

        var train = await RunAsync("train", "--data", "photos", "--out", "model.tar.gz");
        var edge = await RunAsync("edge", "run", "--model", missing, "--camera", "synthetic:1", "--mqtt", "mqtt://localhost:1883");

        string[] files =
        [
            .. Directory.GetFiles(published.Folder.File("edge"), "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!),
        ];
        Assert.DoesNotContain(files, file => file.Contains("torch", StringComparison.OrdinalIgnoreCase) || file == "SockSort.Training.dll");
        Assert.Equal(1, train.Code);
        Assert.StartsWith(
            "socksort: 'train' is not in this program: it was built for the edge, without the trainer and libtorch (460 MB); ",
            train.Output);
        Assert.Equal(
            (1, $"socksort: {missing}: no such file, expected a model package; 'socksort train --data DIR --out model.tar.gz' makes one\n"),
            edge);
    }

    [Fact]
    public async Task It_speaks_to_nobody_but_those_who_were_named()
    {
        var trace = new NetworkTrace(published.Folder, "published");
        ColourModel.Package().Write(published.Folder.File("model.tar.gz"));
        Pictures.WriteFolder(published.Folder.Path);
        string[] classify = ["classify", published.Folder.File("model.tar.gz"), published.Folder.File("1.png")];

        var (code, output) = await PublishedEdge.RunAsync([.. trace.Launcher, "dotnet", published.Program, .. classify]);

        Assert.True(code == 0, output);
        Assert.Empty(trace.ForeignCalls());
        Assert.Empty(trace.FilesOfOthers());
    }

    private Task<(int Code, string Output)> RunAsync(params string[] arguments) =>
        PublishedEdge.RunAsync(["dotnet", published.Program, .. arguments]);
}
