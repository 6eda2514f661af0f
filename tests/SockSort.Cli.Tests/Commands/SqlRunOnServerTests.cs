using System.Text.RegularExpressions;
using SockSort.Cli.Tests.Sql;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

/// <summary><c>socksort sql run FILE --server URL</c>, and the server command itself, as processes.</summary>
public sealed class SqlRunOnServerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_script_s_statements_are_run_in_their_order_and_a_push_query_until_its_limit()
    {
        await using var server = await ServerProcess.StartAsync(_folder.File("data"));
        var script = _folder.Write("socks.ksql", """
            SET 'auto.offset.reset' = 'earliest';
            DEFINE place = 'socks';
            CREATE STREAM socks (id STRING KEY, image STRING) WITH (kafka_topic='${place}', value_format='json', partitions=1);
            INSERT INTO socks (id, image) VALUES ('a', 'Google');
            INSERT INTO socks (id, image) VALUES ('b', 'Mongo');
            SELECT id, image FROM socks EMIT CHANGES LIMIT 2;
            SHOW STREAMS;
            """);

        var (exitCode, output) = await SocksortProcess.RunAsync(["sql", "run", script, "--server", server.Address]);

        Assert.True(exitCode == 0, output);
        Assert.Matches(
            @"(?s)ksql> CREATE STREAM socks.*Stream created.*ksql> SELECT id, image.*\|a +\|Google +\|.*\|b +\|Mongo +\|.*"
                + @"ksql> SHOW STREAMS;.*SOCKS +\| socks",
            output);
    }

    [Fact]
    public async Task Listings_look_as_they_do_without_a_server()
    {
        await using var server = await ServerProcess.StartAsync(_folder.File("data"));
        var script = _folder.Write("show.ksql", """
            CREATE TYPE place AS STRUCT<shelf INT, price DECIMAL(4, 2), labels ARRAY<STRING>, sizes MAP<STRING, BIGINT>>;
            CREATE STREAM socks (id STRING KEY, image STRING) WITH (kafka_topic='socks', value_format='json', partitions=2);
            CREATE STREAM reds WITH (partitions=2) AS
              SELECT id, image FROM socks WHERE image = 'red' EMIT CHANGES;
            SHOW TYPES;
            SHOW QUERIES EXTENDED;
            EXPLAIN CSAS_REDS_0;
            TERMINATE ALL;
            SHOW STREAMS;
            SHOW TOPICS EXTENDED;
            DESCRIBE FUNCTION substring;
            DESCRIBE FUNCTION count;
            """);

        var (there, remote) = await SocksortProcess.RunAsync(["sql", "run", script, "--server", server.Address]);
        var (here, local) = await SocksortProcess.RunAsync(["sql", "run", script, "--data", _folder.File("here")]);

        Assert.Equal((0, 0), (there, here));
        Assert.Matches(@"(?s)socks +\| 2 +\| 1 +\| 0 +\| 0 .*Variation   : SUBSTRING\(.*Returns     : STRING", remote);
        // A server tells clients nothing that ksqlDB's does not: some break on it.
        Assert.Equal(Regex.Replace(local, "note: topic 'socks' did not exist and was made\n", ""), remote);
    }

    [Fact]
    public async Task The_first_statement_that_fails_is_named_by_file_line_and_column_and_ends_the_script()
    {
        await using var server = await ServerProcess.StartAsync(_folder.File("data"));
        var script = _folder.Write(
            "socks.ksql",
            "CREATE STREAM socks (id STRING KEY)\n  WITH (kafka_topic='s', value_format='json', partitions=1);\n\n  SELECT nothing\n  FROM "
                + "socks EMIT CHANGES;\nSHOW TABLES;\n");
        var unread = _folder.Write("unread.ksql", "SHOW STREAMS;\nSHOW STREEMS;\n");

        var (failed, output) = await SocksortProcess.RunAsync(["sql", "run", script, "--server", server.Address]);
        var (mistaken, mistake) = await SocksortProcess.RunAsync(["sql", server.Address, "--file", unread]);

        Assert.Equal((1, 1), (failed, mistaken));
        Assert.Contains("socksort: socks.ksql:4:10: column 'NOTHING' does not exist", output);
        Assert.DoesNotContain("SHOW TABLES;", output);
        Assert.Contains("unread.ksql:2:6: ", mistake);
    }

    [Fact]
    public async Task The_password_comes_from_a_file_and_a_wrong_one_is_told()
    {
        var (right, wrong) = (_folder.Write("right", "secret\n"), _folder.Write("wrong", "guess\n"));
        var script = _folder.Write("show.ksql", "SHOW STREAMS;");
        await using var server = await ServerProcess.StartAsync(_folder.File("data"), "--password-file", right);

        var (let, _) = await SocksortProcess.RunAsync(
            ["sql", "run", script, "--server", server.Address, "--user", "anna", "--password-file", right]);
        var (kept, output) = await SocksortProcess.RunAsync(["sql", "run", script, "--server", server.Address, "--password-file", wrong]);

        Assert.Equal((0, 1), (let, kept));
        Assert.Contains("show.ksql:1:1: a password is needed", output);
    }

    [Fact]
    public async Task Options_of_a_log_in_a_folder_do_not_go_with_a_server()
    {
        var (exitCode, output) = await SocksortProcess.RunAsync(
            ["sql", "run", "socks.ksql", "--server", "http://127.0.0.1:1", "--data", "somewhere"]);

        Assert.Equal(2, exitCode);
        Assert.Contains("--data is for a log in a folder: it does not go with --server", output);
    }

    [Fact]
    public async Task A_second_server_on_the_same_log_says_which_process_holds_it()
    {
        await using var first = await ServerProcess.StartAsync(_folder.File("data"));

        var (exitCode, output) = await SocksortProcess.RunAsync(
            ["server", "--listen", "http://127.0.0.1:0", "--data", _folder.File("data")]);

        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"{_folder.File("data")} is being written by process {first.Id}; stop that process or use another --data folder", output);
    }

    [Fact]
    public async Task It_listens_on_both_of_this_machine_s_own_addresses()
    {
        var port = FreePort.Next();
        await using var server = SocksortProcess.Start(["server", "--listen", $"http://localhost:{port}", "--data", _folder.File("data")]);
        await server.LineAsync("listening on ");
        using var client = new HttpClient();

        var four = await client.GetStringAsync($"http://127.0.0.1:{port}/info");
        var six = System.Net.Sockets.Socket.OSSupportsIPv6 ? await client.GetStringAsync($"http://[::1]:{port}/info") : four;

        Assert.Equal(four, six);
    }
}
