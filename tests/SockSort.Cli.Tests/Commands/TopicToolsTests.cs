using System.Text;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class TopicToolsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_line_of_a_file_becomes_a_record_with_the_key_headers_time_and_partition_that_are_asked_for()
    {
        var lines = _folder.Write("lines", "{\"n\": 1}\r\n\nlast");
        _ = await TopicAsync("create", "socks", "--partitions", "2");

        var run = await TopicAsync(
            "produce", "socks", "--file", lines, "--key", "desk", "--headers", "camera:left,run:7", "--timestamp", "1600000000000",
            "--partition", "1");

        Assert.Equal((0, "3 records appended, offsets 0 to 2\n", ""), (run.ExitCode, run.Output, run.Error));
        Assert.Equal(
            """
            CreateTime:1600000000000|Partition:1|Offset:0|camera:left,run:7|desk|{"n": 1}
            CreateTime:1600000000000|Partition:1|Offset:1|camera:left,run:7|desk|
            CreateTime:1600000000000|Partition:1|Offset:2|camera:left,run:7|desk|last
            """,
            await PrintAsync(
                "socks", "--from-beginning", "--property", "print.timestamp=true", "--property", "print.partition=true", "--property",
                "print.offset=true", "--property", "print.headers=true", "--property", "print.key=true", "--property", "key.separator=|"));
    }

    [Fact]
    public async Task A_lines_key_is_parted_from_its_value_and_a_marker_is_no_value()
    {
        var lines = _folder.Write("lines", "google;{\"n\": 2}\nmongo;NULL\n");

        _ = await TopicAsync("produce", "heaps", "--file", lines, "--key-separator", ";", "--null-marker", "NULL");

        Assert.Equal("google\t{\"n\": 2}\nmongo\tnull", await PrintAsync("heaps", "--from-beginning", "--key"));
    }

    [Fact]
    public async Task Without_a_partition_each_line_goes_where_kafkas_producer_would_put_its_key()
    {
        var lines = _folder.Write("lines", "Google;1\nab;2\nGoogle;3\n");
        _ = await TopicAsync("create", "socks", "--partitions", "4");

        var run = await TopicAsync("produce", "socks", "--file", lines, "--key-separator", ";");
        var keyless = await TopicAsync("produce", "socks", "--file", lines);

        Assert.Equal((0, "3 records appended to 2 of 4 partitions\n", ""), (run.ExitCode, run.Output, run.Error));
        Assert.Equal("3 records appended to 1 of 4 partitions\n", keyless.Output);
        Assert.StartsWith("2", await PrintAsync("socks", "--partition", "2", "--from-beginning"));
        Assert.StartsWith("1\n3", await PrintAsync("socks", "--partition", "3", "--from-beginning"));
    }

    [Fact]
    public async Task A_line_without_its_key_is_named_and_those_before_it_are_appended()
    {
        var lines = _folder.Write("lines", "a;1\nb;2\nc\n");

        var run = await TopicAsync("produce", "heaps", "--file", lines, "--key-separator", ";");

        Assert.Equal(
            (1, "socksort: line 3 has no key: the separator is not in it; the lines before it are appended\n"), (run.ExitCode, run.Error));
        Assert.Equal("1\n2", await PrintAsync("heaps", "--from-beginning"));
    }

    [Fact]
    public async Task Many_lines_come_in_their_order()
    {
        var lines = _folder.Write("lines", string.Concat(Enumerable.Range(0, 30_000).Select(number => $"{number}\n")));

        _ = await TopicAsync("produce", "many", "--file", lines);

        using var log = SqliteLogReader.Open(Data);
        var values = log.Batches("many", 0, 0).SelectMany(batch => batch)
            .Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span));
        Assert.Equal(Enumerable.Range(0, 30_000).Select(number => $"{number}"), values);
    }

    [Theory]
    [InlineData("earliest", "a\nb\nc")]
    [InlineData("1", "b\nc")]
    [InlineData("99", "")]
    [InlineData("latest", "")]
    public async Task Printing_begins_where_it_is_told_to(string offset, string expected)
    {
        _ = await TopicAsync("produce", "socks", "--file", _folder.Write("lines", "a\nb\nc\n"));

        Assert.Equal(expected, await PrintAsync("socks", "--offset", offset));
    }

    [Fact]
    public async Task Printing_begins_where_a_consumer_has_come_to_and_moves_it_not()
    {
        _ = await TopicAsync("produce", "socks", "--file", _folder.Write("lines", "a\nb\nc\n"));
        await using (var log = SqliteLog.Open(Data))
            _ = log.Commit(new LogCommit { Offsets = [new ConsumedOffset("lamp", "socks", 0, 2)] });

        Assert.Equal("c", await PrintAsync("socks", "--group", "lamp"));
        Assert.Equal("c", await PrintAsync("socks", "--group", "lamp"));
        Assert.Equal("a", await PrintAsync("socks", "--group", "new", "--max-messages", "1"));
    }

    [Fact]
    public async Task A_topic_is_made_described_and_deleted()
    {
        var made = await TopicAsync("create", "socks", "--partitions", "2");
        var again = await TopicAsync("create", "socks");
        var asBefore = await TopicAsync("create", "socks", "--if-not-exists");
        _ = await TopicAsync("produce", "socks", "--partition", "1", "--file", _folder.Write("lines", "a\n"));
        var described = await TopicAsync("describe", "socks", "--json");
        var deleted = await TopicAsync("delete", "socks");
        var absent = await TopicAsync("delete", "socks");
        var isGone = await TopicAsync("delete", "socks", "--if-exists");

        Assert.Equal([0, 1, 0, 0, 1, 0], new[] { made, again, asBefore, deleted, absent, isGone }.Select(run => run.ExitCode));
        Assert.Equal("socksort: topic 'socks' exists already, with 2 partitions\n", again.Error);
        Assert.Equal(
            """
            {"partition":0,"records":0,"first":null,"last":null,"bytes":0}
            {"partition":1,"records":1,"first":0,"last":0,"bytes":17}

            """,
            described.Output);
        Assert.StartsWith("socksort: topic 'socks' does not exist", absent.Error);
    }

    [Theory]
    [InlineData("--offset", "-1", "--offset '-1' is no offset, expected a number from 0, earliest or latest")]
    [InlineData("--property", "print.all=true", "--property 'print.all=true' is none of print.timestamp, ")]
    [InlineData("--property", "print.key=yes", "--property 'print.key=yes' is none of print.timestamp, ")]
    public async Task What_is_no_option_of_printing_is_wrong_usage(string option, string value, string problem)
    {
        var run = await TopicAsync("print", "socks", option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"socksort: {problem}", run.Error);
    }

    [Fact]
    public async Task Two_places_to_begin_exclude_each_other()
    {
        var run = await TopicAsync("print", "socks", "--from-beginning", "--offset", "3");

        Assert.StartsWith("socksort: --from-beginning and --offset exclude each other: each says where to begin\n", run.Error);
    }

    private string Data => _folder.File("data");

    private Task<CliRun> TopicAsync(string command, params string[] arguments) =>
        CliRun.InvokeAsync(["topic", command, .. arguments, "--data", Data]);

    // The bytes go to the standard output as they are.
    private async Task<string> PrintAsync(string topic, params string[] arguments) =>
        (await SocksortProcess.RunAsync(["topic", "print", topic, "--exit-at-end", "--data", Data, .. arguments])).Output;
}
