using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class ServeModelCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ServeModelCommandTests() => Pictures.WriteFolder(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_package_is_served_to_curl_until_Ctrl_C()
    {
        ColourModel.Package().Write(_folder.File("model.tar.gz"));
        await using var serving = SocksortProcess.Start(["serve-model", _folder.File("model.tar.gz"), "--port", "0"]);
        var address = (
            await serving.LineAsync(@"^serving .* \(4 labels\) on (http://localhost:\d+): GET /ping, POST /invocations$")).Groups[1].Value;

        var answer = await CurlAsync(
            "-H", "Content-Type: application/x-image", "--data-binary", $"@{_folder.File("1.png")}", $"{address}/invocations");
        serving.PressCtrlC();
        var exitCode = await serving.EndAsync();

        Assert.Equal(0, Array.IndexOf(JsonSerializer.Deserialize<float[]>(answer)!, JsonSerializer.Deserialize<float[]>(answer)!.Max()));
        Assert.Equal(0, exitCode);
        Assert.EndsWith("stopping\n1 pictures answered in 1 runs of the model, 0 requests refused", serving.Output);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sagemaker_serve_takes_the_model_below_its_root_and_ends_by_SIGTERM(bool isUnpacked)
    {
        ColourModel.Package().Write(_folder.File("ml/model/model.tar.gz"));
        if (isUnpacked)
            Unpack(_folder.File("ml/model/model.tar.gz"));
        await using var serving = SocksortProcess.Start(["sagemaker", "serve", "--root", _folder.File("ml"), "--port", "0"]);
        var port = (await serving.LineAsync(@"^serving .* on http://0\.0\.0\.0:(\d+)")).Groups[1].Value;
        await serving.LineAsync("there is no password");

        var answer = await CurlAsync(
            "-H", "Content-Type: image/png", "-H", "Accept: application/json;verbose=1", "--data-binary", $"@{_folder.File("3.png")}",
            $"http://127.0.0.1:{port}/invocations");
        serving.Terminate();
        var exitCode = await serving.EndAsync();

        Assert.Equal("Mongo", JsonDocument.Parse(answer).RootElement.GetProperty("predicted_label").GetString());
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("--listen", "here", "'here' is no address: write 127.0.0.1, ::1 or 0.0.0.0")]
    [InlineData("--port", "70000", "--port 70000 is out of range: choose 0 to 65535")]
    public async Task A_wrong_option_is_wrong_usage(string option, string value, string message)
    {
        var run = await CliRun.InvokeAsync("serve-model", "model.tar.gz", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"socksort: {message}\n", run.Error);
    }

    /// <summary>Into its own folder, in its place.</summary>
    private static void Unpack(string package)
    {
        using (var packed = new GZipStream(File.OpenRead(package), CompressionMode.Decompress))
            TarFile.ExtractToDirectory(packed, Path.GetDirectoryName(package)!, overwriteFiles: false);
        File.Delete(package);
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Programs.Find("curl"), ["--silent", "--show-error", "--fail", .. arguments])
            {
                RedirectStandardOutput = true,
            })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
