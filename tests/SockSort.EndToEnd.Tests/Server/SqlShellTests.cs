using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Server;

/// <summary>The prompt's statements, given on the command line or piped in, against a server.</summary>
public sealed class SqlShellTests
{
    [Fact]
    public async Task Statements_are_run_on_the_server_and_shown_as_tables()
    {
        using var folder = new TempFolder();
        var queries = new ServedQueries(folder.File("data"), records: 100);
        queries.Fill();
        await using var server = await queries.StartAsync(folder);
        var address = $"http://127.0.0.1:{ServedQueries.PortOf(server)}";

        var (listed, list) = await SocksortProcess.RunAsync(
            ["sql", address, "-e", "SHOW STREAMS; SET 'auto.offset.reset'='earliest'; SELECT image FROM socks EMIT CHANGES LIMIT 2;"]);
        var (failed, mistake) = await SocksortProcess.RunAsync(
            ["sql", address, "-e", "SELECT nothing FROM socks EMIT CHANGES; SHOW TABLES;"]);
        var (unreachable, nobody) = await SocksortProcess.RunAsync(["sql", $"http://127.0.0.1:{FreePort.Next()}", "-e", "SHOW STREAMS;"]);

        Assert.Equal((0, 1, 1), (listed, failed, unreachable));
        Assert.Matches(@"SOCKS +\| socks +\| KAFKA +\| JSON +\| false", list);
        Assert.Contains("|IMAGE ", list);
        Assert.Contains("column 'NOTHING' does not exist in ", mistake);
        Assert.DoesNotContain("SMOOTHED", mistake);
        Assert.Contains("cannot be reached: ", nobody);
        Assert.Contains("start one with 'socksort server'", nobody);
    }
}
