using SockSort.Edge.Tests.Loop;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands.Bench;

public sealed class BenchClassifyCommandTests
{
    [Fact]
    public async Task Each_number_of_threads_has_its_figures_and_no_frame_allocates()
    {
        using var folder = new TempFolder();
        ColourModel.Package().Write(folder.File("model.tar.gz"));

        var run = await CliRun.InvokeAsync(
            "bench", "classify", "--model", folder.File("model.tar.gz"), "--threads", "1", "2", "--frames", "20", "--rounds", "3");

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^frame \d+ x \d+, model 32 x 32, \d+ processors\n", run.Output);
        for (var threads = 1; threads <= 2; threads++)
            Assert.Matches(
                $@"\nthreads {threads}: [\d.]+ frames/s, [\d.]+ ms a frame; bare [\d.]+ ms; ratio [\d.]+; "
                    + @"best round [\d.]+ ms, bare [\d.]+ ms, ratio [\d.]+; cpu [\d.]+ ms, bare [\d.]+ ms, ratio [\d.]+; "
                    + @"preparing [\d.]+ ms; allocated 0 bytes a frame\n",
                run.Output);
    }
}
