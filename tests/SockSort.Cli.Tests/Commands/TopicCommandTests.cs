using System.Text;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class TopicCommandTests
{
    [Fact]
    public async Task Topics_are_listed_while_another_process_writes_them()
    {
        using var folder = new TempFolder();
        using var log = await LogOf(folder, "a", "b");

        var table = await SocksortProcess.RunAsync(["topic", "list", "--data", folder.Path]);
        var json = await SocksortProcess.RunAsync(["topic", "list", "--data", folder.Path, "--json"]);

        Assert.Equal("""
            topic      partitions  records  first  last  bytes  kept
            data_mqtt           1        2      0     1     17   all
            """, table.Output);
        Assert.Equal(
            """{"topic":"data_mqtt","partitions":1,"records":2,"first":0,"last":1,"bytes":17,"removed":0,"""
                + "\"retentionMs\":null,\"retentionBytes\":null}",
            json.Output);
    }

    [Fact]
    public async Task How_much_of_a_topic_is_kept_is_set_while_the_log_is_written()
    {
        using var folder = new TempFolder();
        using var log = await LogOf(folder, "a");

        var set = await SocksortProcess.RunAsync(
            ["topic", "retain", "data_mqtt", "--time", "36h", "--bytes", "1.5GB", "--data", folder.Path]);
        var table = await SocksortProcess.RunAsync(["topic", "list", "--data", folder.Path]);
        var unset = await SocksortProcess.RunAsync(["topic", "retain", "data_mqtt", "--everything", "--data", folder.Path]);
        var absent = await SocksortProcess.RunAsync(["topic", "retain", "socks", "--time", "7d", "--data", folder.Path]);
        var (wrong, _) = await SocksortProcess.RunAsync(["topic", "retain", "data_mqtt", "--data", folder.Path]);

        Assert.Equal(((0, ""), (0, ""), 2), (set, unset, wrong));
        Assert.Equal("""
            topic      partitions  records  first  last  bytes          kept
            data_mqtt           1        1      0     0     12  36 h, 1.5 GB
            """, table.Output);
        Assert.Equal((1, "socksort: topic 'socks' does not exist; topics here: data_mqtt"), absent);
        Assert.Equal(TopicRetention.Everything, log.FindTopic("data_mqtt")!.Retention);
    }

    [Fact]
    public async Task Values_are_printed_as_they_are_and_the_end_ends_it_when_asked()
    {
        using var folder = new TempFolder();
        (await LogOf(folder, """{"image": "Google"}""", "no JSON")).Dispose();

        var printed = await SocksortProcess.RunAsync(
            ["topic", "print", "data_mqtt", "--data", folder.Path, "--from-beginning", "--exit-at-end"]);

        Assert.Equal((0, "{\"image\": \"Google\"}\nno JSON"), printed);
    }

    [Fact]
    public async Task Key_time_and_headers_are_shown_as_json()
    {
        using var folder = new TempFolder();
        using (var log = SqliteLog.Open(folder.Path))
            _ = await log.AppendAsync("data_mqtt",
                [
                    new NewRecord("k"u8.ToArray(), new byte[] { 0xFF }, 5, [new RecordHeader("h", "1"u8.ToArray())]),
                    new NewRecord(null, null, 6),
                ]);

        var printed = await SocksortProcess.RunAsync(
            ["topic", "print", "data_mqtt", "--data", folder.Path, "--from-beginning", "--max", "2", "--json"]);

        Assert.Equal((0, """
            {"partition":0,"offset":0,"timestamp":5,"key":"k","value":{"base64":"/w=="},"headers":{"h":"1"}}
            {"partition":0,"offset":1,"timestamp":6,"key":null,"value":null,"headers":{}}
            """), printed);
    }

    [Fact]
    public async Task New_records_follow_until_Ctrl_C()
    {
        using var folder = new TempFolder();
        using var log = await LogOf(folder, "old");
        await using var printing = SocksortProcess.Start(
            ["topic", "print", "data_mqtt", "--data", folder.Path, "--from-beginning", "--key"]);

        _ = await printing.LineAsync("^null\told$");
        _ = await log.AppendAsync("data_mqtt", Text("new"));
        _ = await printing.LineAsync("^null\tnew$");
        printing.PressCtrlC();

        Assert.Equal(0, await printing.EndAsync());
        Assert.Equal("null\told\nnull\tnew", printing.Output);
    }

    [Fact]
    public async Task An_unknown_topic_is_answered_with_the_known_ones()
    {
        using var folder = new TempFolder();
        (await LogOf(folder, "a")).Dispose();

        var printed = await SocksortProcess.RunAsync(["topic", "print", "socks", "--data", folder.Path]);

        Assert.Equal((1, "socksort: topic 'socks' does not exist; topics here: data_mqtt"), printed);
    }

    [Fact]
    public async Task A_folder_without_log_is_named()
    {
        using var folder = new TempFolder();

        var listed = await SocksortProcess.RunAsync(["topic", "list", "--data", folder.Path]);

        Assert.Equal((1, $"socksort: {folder.Path} holds no log; name the folder of a running or finished demo with --data"), listed);
    }

    [Fact]
    public async Task A_maximum_below_one_is_wrong_usage()
    {
        var (code, output) = await SocksortProcess.RunAsync(["topic", "print", "data_mqtt", "--max", "0"]);

        Assert.Equal(2, code);
        Assert.StartsWith("socksort: --max must be 1 or more\n", output);
    }

    private static async Task<ILog> LogOf(TempFolder folder, params string[] values)
    {
        var log = SqliteLog.Open(folder.Path);
        _ = await log.AppendAsync("data_mqtt", [.. values.Select(Text)]);
        return log;
    }

    private static NewRecord Text(string value) => new(null, Encoding.UTF8.GetBytes(value), TimestampMs: 0);
}
