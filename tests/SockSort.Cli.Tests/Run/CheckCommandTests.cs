using System.Net;
using System.Net.Sockets;
using SockSort.Edge.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Host.Configuration;
using SockSort.Host.Configuration.Settings;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Run;

public sealed class CheckCommandTests : IDisposable
{
    // The usual ones may be taken on this machine.
    private const string OnFreePorts =
        "broker: {listen: 127.0.0.1:0}\nlisten: {sql: http://127.0.0.1:0, connect: off, view: https://127.0.0.1:0}\n";

    private readonly TempFolder _folder = new();

    public CheckCommandTests() => ColourModel.Package().Write(_folder.File("model.tar.gz"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_example_has_no_mistakes_where_its_files_lie_beside_it()
    {
        var example = await CliRun.InvokeAsync("config", "example");
        File.Copy(Repository.PathOf("samples/sock.ksql"), _folder.File("sock.ksql"));
        // The usual ports may be taken on this machine.
        var text = example.Output
            .Replace("#listen: [127.0.0.1:1883]", "listen: [127.0.0.1:0]")
            .Replace("#sql: http://127.0.0.1:8088", "sql: http://127.0.0.1:0")
            .Replace("#connect: http://127.0.0.1:8083", "connect: http://127.0.0.1:0")
            .Replace("#view: https://127.0.0.1:4000", "view: https://127.0.0.1:0");
        var file = _folder.Write("socksort.yaml", text);

        var run = await CliRun.InvokeAsync("check", file);

        Assert.Equal(ConfigurationExample.Text, example.Output);
        Assert.Equal((0, $"{file}: no mistakes\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task Every_mistake_is_named_with_its_place_in_the_order_of_the_file()
    {
        _ = _folder.Write("bad.ksql", """
            CREATE STREAM s (a INT) WITH (KAFKA_TOPIC='x', VALUE_FORMAT='JSON', PARTITIONS=1);
            SELECT b FROM t;
            """);
        _ = _folder.Write("worse.ksql", "CREATE TABLE t AS SELECT nothing FROM absent;");
        var file = _folder.Write("socksort.yaml", """
            cameras:
              - source: /dev/video99
              - sorce: synthetic:1
              - source: synthetic:1
                unknown: true
            model: absent.tar.gz
            broker:
              listen: 127.0.0.1:0
              users: absent.users
            connectors:
              pairs:
                connector.class: FileStreamSink
                file: pairs.jsonl
              other:
                connector.class: Nope
            queries: [bad.ksql, worse.ksql]
            listen:
              sql: http://127.0.0.1:0
              connect: off
              view: https://127.0.0.1:0
              certificate: absent.pem
            """);

        var run = await CliRun.InvokeAsync("check", file);

        string[] expected =
        [
            "2:13: cameras[0].source: camera '/dev/video99' does not exist",
            "3:5: cameras[1].sorce: unknown key; nearest: source",
            "3:5: cameras[1].source: is missing",
            "6:8: model: ",
            "9:10: broker.users: ",
            "12:5: connectors.pairs: connector 'pairs': the key 'topics' is missing",
            "15:5: connectors.other: connector 'other': there is no connector class 'Nope'",
            "16:10: queries: worse.ksql:1:39: ",
            "21:16: listen.certificate: listen.certificate ",
        ];
        var found = run.Error.Split('\n')
            .Where(line => line.StartsWith(file, StringComparison.Ordinal))
            .Select(line => line[(file.Length + 1)..]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal([.. expected, " 9 mistakes"], found.Select((line, index) =>
            index < expected.Length && line.StartsWith(expected[index], StringComparison.Ordinal) ? expected[index] : line));
    }

    [Fact]
    public async Task A_model_without_a_rejection_threshold_tells_nothing_unknown()
    {
        var file = _folder.Write("socksort.yaml", "cameras: [{source: synthetic:1, unknown: true}]\nmodel: model.tar.gz\n" + OnFreePorts);

        var run = await CliRun.InvokeAsync("check", file);

        Assert.Equal(
            $"{file}:1:42: cameras[0].unknown: model.json holds no rejection threshold; 'socksort train' makes a model with one\n"
                + $"{file}: 1 mistake\n",
            run.Error);
    }

    [Theory]
    [InlineData("view: https://127.0.0.1:0", "no mistakes")]
    [InlineData(
        "view: off",
        "4:40: listen.view: camera 'browser:desk' is a phone that sends its pictures through a page of the live view, and there is no live "
            + "view: give it an address by listen.view")]
    public async Task A_camera_that_is_a_phone_needs_a_live_view(string view, string told)
    {
        var file = _folder.Write("socksort.yaml", $$"""
            cameras: [{source: 'browser:desk'}]
            model: model.tar.gz
            broker: {listen: 127.0.0.1:0}
            listen: {sql: off, connect: off, {{view}}}
            """);

        var run = await CliRun.InvokeAsync("check", file);

        Assert.Contains(told, run.Output + run.Error);
    }

    [Fact]
    public async Task A_port_that_is_taken_or_asked_for_twice_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (taken, free) = (((IPEndPoint)other.LocalEndpoint).Port, FreePort.Next());
        var file = _folder.Write("socksort.yaml", $$"""
            cameras: [{source: synthetic:1}]
            model: model.tar.gz
            broker: {listen: 127.0.0.1:{{taken}}}
            listen: {view: https://127.0.0.1:{{free}}, sql: http://127.0.0.1:{{free}}, connect: off}
            """);

        var run = await CliRun.InvokeAsync("check", file);

        Assert.Equal(
            $"{file}:3:18: broker.listen: port {taken} is taken by another program, choose another (0 = a free one)\n"
                + $"{file}:4:46: listen.sql: port {free} is asked for by listen.view, too; choose another\n{file}: 2 mistakes\n",
            run.Error);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_the_only_mistake()
    {
        var run = await CliRun.InvokeAsync("check", _folder.File("absent.yaml"));

        Assert.Equal(
            $"{_folder.File("absent.yaml")}: does not exist; name a configuration file; 'socksort config example' prints one\n"
                + $"{_folder.File("absent.yaml")}: 1 mistake\n",
            run.Error);
    }

    [Fact]
    public async Task Nothing_is_left_behind()
    {
        var file = _folder.Write("socksort.yaml", "cameras: [{source: synthetic:1}]\nmodel: model.tar.gz\ndata: data\n" + OnFreePorts);

        _ = await CliRun.InvokeAsync("check", file);

        Assert.Equal(["model.tar.gz", "socksort.yaml"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_configurations_limits_are_those_of_the_camera() =>
        Assert.Equal(
            (CameraOptions.MostFps, CameraName.MostCharacters, CameraOptions.LongestFrameTimeout),
            (CameraConfiguration.MostFps, CameraConfiguration.MostNameCharacters, CameraConfiguration.LongestFrameTimeout));
}
