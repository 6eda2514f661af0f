using System.Diagnostics;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Training;

/// <summary>The program for the edge, published as the manual says.</summary>
public sealed class PublishedEdge : IAsyncLifetime
{
    public TempFolder Folder { get; } = new();

    public string Program => Folder.File("edge/socksort.dll");

    public async ValueTask InitializeAsync()
    {
        var (code, output) = await RunAsync(
            "dotnet", "publish", Repository.PathOf("src/SockSort.Cli"), "-c", "Release", "-p:Edge=true", "-o", Folder.File("edge"), "-v",
            "quiet", "-nodeReuse:false");
        Assert.True(code == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        Folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a program to its end; what it printed on both channels.</summary>
    public static async Task<(int Code, string Output)> RunAsync(params string[] line)
    {
        using var process = Process.Start(
            new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
