using System.Text;
using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Testing;

namespace SockSort.Connect.Tests.FileSink;

/// <summary>The file sink over a real log, in a real file.</summary>
public sealed class FileSinkTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private ILog _log = null!;
    private ConnectWorker _worker = null!;

    private string Written => _folder.File("data/sinks/pairs.jsonl");

    public ValueTask InitializeAsync()
    {
        Open();
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_value_is_a_line_of_JSON_whatever_it_is()
    {
        _ = await _log.AppendAsync("PAIRS",
        [
            Value("""{"PAIR":"Google",  "SEEN":2}"""), Value("{\n  \"PAIR\": \"Kafka\"\n}"), Value("no JSON, 'späte' Socke"), Value(""),
            NewRecord.Of(0, null, [0xFF, 0xFE]), NewRecord.Of(0, "key"u8.ToArray(), null), Value("17"), Value("{\n\"a\":\"\\ud800\"}"),
            NewRecord.Of(0, null, [(byte)'"', 0xFF, (byte)'"']),
        ]);

        _ = await _worker.CreateAsync("pairs", Configuration());
        await LinesAsync(9);

        Assert.Equal(
            [
                """{"PAIR":"Google",  "SEEN":2}""", """{  "PAIR": "Kafka"}""", """
                "no JSON, \u0027sp\u00E4te\u0027 Socke"
                """, "\"\"", """{"base64":"//4="}""", "null", "17", """{"a":"\ud800"}""",
                """{"base64":"Iv8i"}""",
            ],
            Lines());
    }

    [Fact]
    public async Task It_follows_several_topics_and_partitions_also_those_that_are_made_later()
    {
        _ = await _worker.CreateAsync("pairs", Configuration(("topics", "PAIRS, later")));
        await _log.CreateTopicAsync("PAIRS", partitions: 2);
        _ = await _log.AppendAsync("PAIRS", Value("1"), partition: 1);
        await LinesAsync(1);
        _ = await _log.AppendAsync("later", [Value("2"), Value("3")]);
        await LinesAsync(3);

        Assert.Equal(["1", "2", "3"], Lines());
        var info = _worker.Find("pairs")!;
        Assert.Equal((ConnectorKind.Sink, ConnectorState.Running), (info.Kind, info.State));
        Assert.Equal(["PAIRS", "later"], info.Topics);
        await Eventually.TrueAsync(() => _worker.Find("pairs")!.Counts.Stored == 3, "all are counted as written");
    }

    [Fact]
    public async Task After_a_start_it_goes_on_where_it_was_and_what_a_killed_run_wrote_behind_that_is_not_there_twice()
    {
        _ = await _worker.CreateAsync("pairs", Configuration());
        _ = await _log.AppendAsync("PAIRS", [Value("1"), Value("2")]);
        await LinesAsync(2);
        await Eventually.TrueAsync(() => _log.CommittedOffset("connect-pairs", "PAIRS") == 2, "the offset is committed");
        await CloseAsync();
        await File.AppendAllTextAsync(Written, "3\n4");

        Open();
        _ = await _worker.RestoreAsync("pairs", Configuration(), isPaused: false);
        _ = await _log.AppendAsync("PAIRS", [Value("3"), Value("4"), Value("5")]);
        await LinesAsync(5);

        Assert.Equal(["1", "2", "3", "4", "5"], Lines());
        Assert.Equal("3\n4", await File.ReadAllTextAsync(Written + ".cut"));
    }

    [Fact]
    public async Task One_of_a_dropped_one_s_name_goes_on_after_it_and_leaves_another_file_as_it_is()
    {
        _ = await _worker.CreateAsync("pairs", Configuration());
        _ = await _log.AppendAsync("PAIRS", Value("1"));
        await Eventually.TrueAsync(() => _log.CommittedOffset("connect-pairs", "PAIRS") == 1, "the offset is committed");
        _ = await _worker.DeleteAsync("pairs");
        var other = _folder.Write("data/sinks/other.jsonl", "\"what was there before\"\n");

        _ = await _worker.CreateAsync("pairs", Configuration(("file", "other.jsonl")));
        _ = await _log.AppendAsync("PAIRS", Value("2"));
        await Eventually.TrueAsync(() => File.ReadAllLines(other).Length == 2, "the next record is written");

        Assert.Equal(["1"], Lines());
        Assert.Equal(["\"what was there before\"", "2"], File.ReadAllLines(other));
    }

    [Fact]
    public async Task A_first_batch_that_was_cut_off_is_not_there_twice_however_the_file_is_written()
    {
        _ = _folder.Write("data/sinks/pairs.jsonl", "\"before\"\n");
        _ = await _worker.CreateAsync("pairs", Configuration(("file", "./x/../pairs.jsonl")));
        await Eventually.TrueAsync(() => _worker.Find("pairs")!.State == ConnectorState.Running, "it runs");
        await CloseAsync();
        await File.AppendAllTextAsync(Written, "1\n2");

        Open();
        _ = await _worker.RestoreAsync("pairs", Configuration(), isPaused: false);
        _ = await _log.AppendAsync("PAIRS", [Value("1"), Value("2")]);
        await LinesAsync(3);

        Assert.Equal(["\"before\"", "1", "2"], Lines());
    }

    [Fact]
    public async Task A_file_that_is_moved_away_is_made_again_without_a_restart()
    {
        _ = await _worker.CreateAsync("pairs", Configuration());
        _ = await _log.AppendAsync("PAIRS", Value("1"));
        await LinesAsync(1);
        await Eventually.TrueAsync(() => _log.CommittedOffset("connect-pairs", "PAIRS") == 1, "the offset is committed");

        File.Move(Written, Written + ".1");
        _ = await _log.AppendAsync("PAIRS", Value("2"));
        await LinesAsync(1);

        Assert.Equal(["2"], Lines());
        Assert.Equal("1", File.ReadAllLines(Written + ".1")[0]);
    }

    [Fact]
    public async Task Of_two_sinks_with_one_file_the_second_says_who_writes_it()
    {
        _ = await _worker.CreateAsync("pairs", Configuration());
        await Eventually.TrueAsync(() => _worker.Find("pairs")!.State == ConnectorState.Running, "the first runs");

        _ = await _worker.CreateAsync("more", Configuration(("file", "./pairs.jsonl")));
        await Eventually.TrueAsync(() => _worker.Find("more")!.State == ConnectorState.Failed, "the second has failed");

        Assert.Equal("connector 'more': connector 'pairs' writes pairs.jsonl; give each a file of its own", _worker.Find("more")!.Trace);
    }

    [Fact]
    public async Task Paused_it_writes_nothing_and_resumed_what_came_meanwhile()
    {
        _ = await _worker.CreateAsync("pairs", Configuration());
        _ = await _log.AppendAsync("PAIRS", Value("1"));
        await LinesAsync(1);

        await _worker.PauseAsync("pairs");
        _ = await _log.AppendAsync("PAIRS", Value("2"));
        Assert.Equal((ConnectorState.Paused, "1"), (_worker.Find("pairs")!.State, Assert.Single(Lines())));
        await _worker.ResumeAsync("pairs");
        await LinesAsync(2);

        Assert.Equal(["1", "2"], Lines());
    }

    [Fact]
    public async Task A_file_that_can_t_be_written_is_a_state_with_its_reason_and_is_tried_again()
    {
        _ = Directory.CreateDirectory(Written);
        _ = await _log.AppendAsync("PAIRS", Value("1"));
        _ = await _worker.CreateAsync("pairs", Configuration());
        await Eventually.TrueAsync(() => _worker.Find("pairs")!.State == ConnectorState.Failed, "it has failed");
        var trace = _worker.Find("pairs")!.Trace;

        Directory.Delete(Written);
        await LinesAsync(1);

        Assert.StartsWith($"connector 'pairs': {Written} can't be written: ", trace);
        Assert.Equal(["1"], Lines());
    }

    [Theory]
    [InlineData("file", null, "the key 'file' is missing, for example 'file'='pairs.jsonl'")]
    [InlineData("topics", null, "the key 'topics' is missing, for example 'topics'='PAIRS'")]
    [InlineData(
        "topics",
        "a b",
        "the value of 'topics' can't be used: topic name 'a b' is not allowed: use 1 to 249 letters, digits, '.', '_' or "
            + "'-', but not '.' or '..'")]
    [InlineData(
        "file", "../pairs.jsonl",
        "the value of 'file' can't be used: it must be a file below the folder 'sinks' of the data folder, as pairs.jsonl")]
    [InlineData(
        "file", "/etc/pairs.jsonl",
        "the value of 'file' can't be used: it must be a file below the folder 'sinks' of the data folder, as pairs.jsonl")]
    [InlineData(
        "file", "a/../../../log.db",
        "the value of 'file' can't be used: it must be a file below the folder 'sinks' of the data folder, as pairs.jsonl")]
    [InlineData("tasks.max", "0", "the value of 'tasks.max' is '0'; use a whole number from 1 on")]
    public async Task A_wrong_configuration_is_refused_with_its_key(string key, string? value, string problem)
    {
        var configuration = Configuration();
        _ = configuration.Remove(key);
        if (value is not null)
            configuration[key] = value;

        var error = await Assert.ThrowsAsync<ConnectException>(() => _worker.CreateAsync("pairs", configuration));

        Assert.Equal(($"connector 'pairs': {problem}", key), (error.Message, error.Key));
    }

    [Theory]
    [InlineData(
        "FileStreamSink", ConnectorKind.Source,
        "org.apache.kafka.connect.file.FileStreamSinkConnector is a sink, no source; write CREATE SINK CONNECTOR")]
    [InlineData(
        "MqttSource", ConnectorKind.Sink,
        "io.confluent.connect.mqtt.MqttSourceConnector is a source, no sink; write CREATE SOURCE CONNECTOR")]
    public async Task A_class_of_the_other_kind_is_refused(string className, ConnectorKind asked, string problem)
    {
        var error = await Assert.ThrowsAsync<ConnectException>(
            () => _worker.CreateAsync("pairs", Configuration(("connector.class", className)), asked));

        Assert.Equal($"connector 'pairs': {problem}", error.Message);
        Assert.Empty(_worker.List());
    }

    private static NewRecord Value(string text) => NewRecord.Of(0, null, Encoding.UTF8.GetBytes(text));

    private static Dictionary<string, string> Configuration(params (string Key, string Value)[] changes)
    {
        var configuration = new Dictionary<string, string>
        {
            ["connector.class"] = "FileStreamSink",
            ["topics"] = "PAIRS",
            ["file"] = "pairs.jsonl",
        };
        foreach (var (key, value) in changes)
            configuration[key] = value;
        return configuration;
    }

    private void Open()
    {
        _log = SqliteLog.Open(_folder.File("data"));
        _worker = new ConnectWorker(_log, new Secrets(null));
    }

    private async Task CloseAsync()
    {
        await _worker.DisposeAsync();
        await _log.DisposeAsync();
    }

    private string[] Lines() => File.Exists(Written) ? File.ReadAllLines(Written) : [];

    private Task LinesAsync(int count) => Eventually.TrueAsync(() => Lines().Length == count, $"{count} lines are written");
}
