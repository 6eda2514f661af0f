using System.Diagnostics;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Training;

/// <summary>The program for the edge, published as the manual says.</summary>
public sealed class EdgeProgramTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task It_holds_no_trainer_and_says_what_is_missing_and_the_camera_s_command_is_there()
    {
        var (code, output) = await RunAsync("publish", Repository.PathOf("src/SockSort.Cli"), "-c", "Release", "-p:Edge=true", "-o", _temp.File("edge"), "-v", "quiet", "-nodeReuse:false");
        Assert.True(code == 0, output);
        var program = _temp.File("edge/socksort.dll");

        var train = await RunAsync(program, "train", "--data", "photos", "--out", "model.tar.gz");
        var edge = await RunAsync(program, "edge", "run", "--model", _temp.File("none.tar.gz"), "--camera", "synthetic:1", "--mqtt", "mqtt://localhost:1883");

        string[] files = [.. Directory.GetFiles(_temp.File("edge"), "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!)];
        Assert.DoesNotContain(files, file => file.Contains("torch", StringComparison.OrdinalIgnoreCase) || file == "SockSort.Training.dll");
        Assert.Equal(1, train.Code);
        Assert.StartsWith("socksort: 'train' is not in this program: it was built for the edge, without the trainer and libtorch (460 MB); ", train.Output);
        Assert.Equal((1, $"socksort: {_temp.File("none.tar.gz")}: no such file, expected a model package; 'socksort train --data DIR --out model.tar.gz' makes one\n"), edge);
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
