using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Log.Sqlite;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Run;

public sealed class RunCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public RunCommandTests()
    {
        ColourModel.Package().Write(_folder.File("model.tar.gz"));
        Pictures.WriteFolder(Directory.CreateDirectory(_folder.File("desk")).FullName);
        _ = _folder.Write("queries.ksql", $"""
            SET 'auto.offset.reset' = 'earliest';
            {SockScripts.Connector("found")}
            CREATE STREAM found (image STRING, camera STRING) WITH (KAFKA_TOPIC='found', VALUE_FORMAT='JSON', PARTITIONS=1);
            CREATE TABLE heaps AS SELECT image, COUNT(*) AS n FROM found GROUP BY image EMIT CHANGES;
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_runs_in_one_process_until_it_is_terminated_and_each_frame_is_in_the_log_and_counted()
    {
        var file = Configuration(
            "- {source: desk, name: left, fps: 0}", "- {source: desk, name: right, fps: 0}");
        await using var run = SocksortProcess.Start(["run", "--config", file], environment: Own);
        var sql = (await run.LineAsync(@"^SQL +(http://\S+)$")).Groups[1].Value;
        _ = await run.LineAsync("^running; Ctrl-C ends$");
        await Eventually.TrueAsync(
            () => Regex.Count(run.Output, @"camera (left|right) has come to its end after 4 frames") == 2, "both have ended");
        using var client = new HttpClient { BaseAddress = new Uri(sql) };

        await Eventually.TrueAsync(async () => await CountedRows.InHeapsAsync(client) == 8, "all frames are counted");
        var parts = await client.GetStringAsync("/parts", TestContext.Current.CancellationToken);
        var counts = await client.GetStringAsync("/broker", TestContext.Current.CancellationToken);
        run.Terminate();
        var exitCode = await run.EndAsync(TimeSpan.FromSeconds(60));

        Assert.True(exitCode == 0, run.Output);
        Assert.Contains("""{"name":"camera left","healthy":true,"problem":null}""", parts);
        Assert.Contains("""{"name":"broker's door","healthy":true""", parts);
        Assert.Contains("""
            "worstSubscribers":[]
            """, counts);
        using var log = SqliteLogReader.Open(_folder.File("data"));
        Assert.Equal(8, log.EndOffset("found"));
        Assert.Matches(@"Host 7002 log ended$", run.Output);
        Assert.Contains("connector sorting-ledger: RUNNING", run.Output);
        Assert.DoesNotContain(" error ", run.Output);
    }

    [Fact]
    public async Task Cameras_of_one_process_go_over_to_the_new_model_together()
    {
        var file = Configuration(
            "- {source: desk, name: left, loop: true, fps: 20}", "- {source: desk, name: right, loop: true, fps: 20}");
        ColourModel.Package(["Red", "Green", "Blue", "Yellow"]).Write(_folder.File("new.tar.gz"));
        await using var run = SocksortProcess.Start(["run", "--config", file], environment: Own);
        var sql = (await run.LineAsync(@"^SQL +(http://\S+)$")).Groups[1].Value;
        _ = await run.LineAsync("^running; Ctrl-C ends$");

        var used = await CliRun.InvokeAsync("model", "use", _folder.File("new.tar.gz"), "--model", _folder.File("model.tar.gz"));
        _ = await run.LineAsync(@"Edge 2031 model: version \w+ is in use now, before it was \w+ \(labels Red, Green, Blue, Yellow\)");
        using var client = new HttpClient { BaseAddress = new Uri(sql) };
        await Eventually.TrueAsync(
            async () => Regex.Count(await client.GetStringAsync("/metrics"), "socksort_model_taken_total{[^}]*} 1") == 2, "both are over");
        var metrics = await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        run.Terminate();

        Assert.Equal((0, 0), (used.ExitCode, await run.EndAsync(TimeSpan.FromSeconds(60))));
        foreach (var camera in (string[])["left", "right"])
            Assert.Matches($"socksort_model_info{{[^}}]*camera=\"{camera}\"[^}}]*version=\"[0-9a-f]{{12}}\"[^}}]*}} 1", metrics);
    }

    [Fact]
    public async Task What_was_made_before_is_there_after_a_restart_and_nothing_is_counted_twice()
    {
        var file = Configuration("- {source: desk, name: desk, fps: 0}");
        for (var start = 1; start <= 2; start++)
        {
            await using var run = SocksortProcess.Start(["run", "--config", file], environment: Own);
            var sql = (await run.LineAsync(@"^SQL +(http://\S+)$")).Groups[1].Value;
            _ = await run.LineAsync("camera desk has come to its end after 4 frames");
            using var client = new HttpClient { BaseAddress = new Uri(sql) };
            await Eventually.TrueAsync(async () => await CountedRows.InHeapsAsync(client) == 4 * start, $"{4 * start} frames are counted");
            run.PressCtrlC();
            Assert.Equal(0, await run.EndAsync(TimeSpan.FromSeconds(60)));
        }
    }

    [Fact]
    public async Task A_connector_of_the_configuration_is_made_and_is_replaced_when_its_settings_change()
    {
        string Sink(string name) => $"connectors: {{copy: {{connector.class: FileStreamSink, topics: found, file: {name}}}}}";
        foreach (var name in new[] { "one.jsonl", "two.jsonl" })
        {
            var file = Configuration("- {source: desk, name: desk, fps: 0}");
            File.AppendAllText(file, Sink(name) + "\n");
            await using var run = SocksortProcess.Start(["run", "--config", file], environment: Own);
            await Eventually.TrueAsync(
                () => File.Exists(Sunk(name)) && File.ReadAllLines(Sunk(name)).Length >= 4, $"{name} is written");
            run.Terminate();
            Assert.Equal(0, await run.EndAsync(TimeSpan.FromSeconds(60)));
        }
    }

    [Fact]
    public async Task Given_no_file_expect_an_error_that_names_each_key_and_an_example()
    {
        var (exitCode, output) = await SocksortProcess.RunAsync(["run"], _folder.Path);

        Assert.Equal(2, exitCode);
        Assert.Equal(
            "socksort.yaml: model: is not set, and there is no such file; name a model package, for example model: model.tar.gz\n"
                + "socksort.yaml: cameras: is not set, and there is no such file; "
                + "name a camera, for example cameras: [{source: synthetic:1}]",
            output);
    }

    [Fact]
    public async Task Without_a_name_the_file_of_the_working_folder_is_taken_and_what_cannot_be_had_is_named_with_its_place()
    {
        _ = _folder.Write("socksort.yaml", "model: absent.tar.gz\ncameras: [{source: synthetic:1}]\n");

        var (exitCode, output) = await SocksortProcess.RunAsync(["run"], _folder.Path);

        Assert.Equal(2, exitCode);
        Assert.StartsWith($"socksort.yaml:1:8: model: {_folder.File("absent.tar.gz")}: no such file", output);
    }

    [Fact]
    public async Task Lines_for_programs_are_asked_for_on_the_command_line_or_in_the_file()
    {
        var file = Configuration("- {source: desk, name: desk, fps: 0}");
        await using var run = SocksortProcess.Start(
            ["run", "--config", file, "--log-format", "json", "--log-level", "debug"], environment: Own);

        var line = await run.LineAsync(@"^\{.*""event"":8001.*\}$");
        var logged = JsonNode.Parse(line.Value)!;

        Assert.Equal(("information", "desk", 4), ((string?)logged["level"], (string?)logged["camera"], (int?)logged["frames"]));
    }

    private string Sunk(string name) => _folder.File($"data/sinks/{name}");

    private Dictionary<string, string> Own => new() { ["XDG_DATA_HOME"] = _folder.Path };

    private string Configuration(params string[] cameras) => _folder.Write("run.yaml", $$"""
        data: data
        model: model.tar.gz
        queries: queries.ksql
        broker: {listen: 127.0.0.1:0}
        listen: {sql: http://127.0.0.1:0, connect: http://127.0.0.1:0, view: https://127.0.0.1:0}
        cameras:
          {{string.Join("\n  ", cameras)}}

        """);
}
