using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands.Bench;

public sealed class BenchServerCommandTests
{
    [Fact]
    public async Task Idle_queries_are_started_one_by_one_together_and_again_and_leave_nothing_behind()
    {
        using var folder = new TempFolder();

        var run = await CliRun.InvokeAsync("bench", "server", "--job", "idle", "--queries", "3", "--folder", folder.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(
            @"^a bare write and sync of one block: p50 [\d.]+ ms, p99 [\d.]+ ms, p99\.9 [\d.]+ ms, most [\d.]+ ms of 1000\n", run.Output);
        Assert.Matches(@"\nidle: 3 queries made one by one, a request each: [\d.]+ s; all back after a restart: [\d.]+ s\n", run.Output);
        Assert.Matches(@"\nidle: 3 queries made in one request: [\d.]+ s; all back after a restart: [\d.]+ s\n", run.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
