using System.Globalization;
using System.Text.RegularExpressions;
using SockSort.Edge.Tests.Loop;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands.Bench;

public sealed class BenchEdgeCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public BenchEdgeCommandTests() => ColourModel.Package().Write(_folder.File("model.tar.gz"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_number_of_threads_has_its_figures_beside_the_bare_network()
    {
        // Whether what is wanted was reached is not for a test to say: other work may have the processors.
        var run = await CliRun.InvokeAsync(
            "bench", "edge", "--model", _folder.File("model.tar.gz"), "--threads", "1", "2", "--frames", "5", "--rounds", "2");

        Assert.Matches(@"^frames of 1280 x 720, \d+ processors\n", run.Output);
        Assert.Matches(
            @"\nprocessor time of each step by itself, best round: decode [\d.]+ ms, prepare [\d.]+ ms, "
                + @"draw the label [\d.]+ ms, encode [\d.]+ ms\n",
            run.Output);
        const string Time = @"[\d.]+ frames/s, [\d.]+ ms a frame, best round [\d.]+ ms, cpu [\d.]+ ms";
        for (var threads = 1; threads <= 2; threads++)
        {
            Assert.Matches($@"\nthreads {threads}: bare network {Time}\n", run.Output);
            foreach (var job in (string[])["picture to message", "with frames kept", "with frames kept and a viewer"])
                Assert.Matches(
                    $@"\nthreads {threads}: {job} {Time}; ratio [\d.]+, best [\d.]+, cpu [\d.]+\n", run.Output);
        }
    }

    [Fact]
    public async Task From_glass_to_glass_every_clock_is_read_and_none_goes_back()
    {
        var (_, output) = await SocksortProcess.RunAsync(
        [
            "bench", "edge", "--job", "glass", "--model", _folder.File("model.tar.gz"), "--for", "3s", "--viewers", "3", "--slow", "1",
        ]);

        var result = Regex.Match(
            output,
            @"\n(\d+) pictures of the camera, (\d+) messages, at least (\d+) pictures at each viewer and (\d+) at each slow one, "
                + @"0 unreadable, 0 out of order; the edge took [\d.]+ processors\n");
        Assert.True(result.Success, output);
        var counts = result.Groups.Values.Skip(1).Select(group => int.Parse(group.Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.All(counts, count => Assert.True(count > 0, output));
        Assert.True(counts[0] >= counts[1], output);
    }
}
