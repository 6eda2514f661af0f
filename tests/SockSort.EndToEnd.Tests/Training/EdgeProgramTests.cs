using System.Diagnostics;
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

    [Fact]
    public async Task A_bundle_is_unpacked_and_run_by_one_command_there_or_by_edge_run_here()
    {
        using var folder = new TempFolder();
        ColourModel.Package().Write(folder.File("m.tar.gz"));
        Pictures.WriteFolder(folder.Path);
        folder.Write("edge.yaml", $"""
            model: elsewhere.tar.gz
            cameras:
              - source: {folder.Path}
                name: desk
                loop: true
            broker:
              listen: 127.0.0.1:{FreePort.Next()}
            listen: {"{"}sql: off, connect: off, view: off{"}"}
            """);

        var (code, output) = await RunAsync(
            "edge", "pack", "--model", folder.File("m.tar.gz"), "--config", folder.File("edge.yaml"), "--out", folder.File("b.zip"),
            "--runtime", "linux-x64", "--program", published.Folder.File("edge"));
        Assert.True(code == 0, output);
        System.IO.Compression.ZipFile.ExtractToDirectory(folder.File("b.zip"), folder.File("there"));

        Assert.Equal(0, await RunToTheFirstFramesAsync(folder.File("there/run"), [], folder.File("there/socksort-data")));
        Assert.Equal(0, await RunToTheFirstFramesAsync(
            "dotnet", [published.Program, "edge", "run", "--bundle", folder.File("b.zip")], folder.Path));

        async Task<int> RunToTheFirstFramesAsync(string program, string[] arguments, string data)
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
            start.Environment["XDG_DATA_HOME"] = folder.File("user");
            using var process = Process.Start(start)!;
            string? line;
            do
                line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            while (line is not (null or "running; Ctrl-C ends"));
            Assert.NotNull(line);
            Process.Start("kill", ["-TERM", $"{process.Id}"]).Dispose();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(Directory.Exists(data));
            return process.ExitCode;
        }
    }

    private Task<(int Code, string Output)> RunAsync(params string[] arguments) =>
        PublishedEdge.RunAsync(["dotnet", published.Program, .. arguments]);
}
