using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Imaging.Decoding;
using SockSort.Mqtt.Broker;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class EdgeCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public EdgeCommandTests()
    {
        ColourModel.Package().Write(Model);
        Directory.CreateDirectory(Camera);
        Pictures.WriteFolder(Camera);
    }

    private string Model => _folder.File("model.tar.gz");

    private string Camera => _folder.File("desk");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Edge_run_publishes_each_frame_and_sums_up()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arrived = Listen(broker);
        File.WriteAllText(_folder.File("password"), broker.Endpoint.Password + "\n");
        await using var edge = SocksortProcess.Start(["edge", "run", "--model", Model, "--camera", Camera, "--mqtt", $"{broker.Endpoint}",
            "--mqtt-user", "socksort", "--mqtt-password-file", _folder.File("password"), "--camera-name", "desk", "--fields", "camera,seq",
            "--fps", "0", "--no-live-view"]);

        var exitCode = await edge.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(4, arrived.Count(message => message.StartsWith("sockfound ", StringComparison.Ordinal)));
        Assert.Matches(
            """sockfound {"image": "Google", "probability": 9\d\.\d+, "camera": "desk", "seq": 1}""", string.Join('\n', arrived));
        Assert.Contains("socksort/desk/status stopped", arrived);
        Assert.Matches(@"frame 3  Mongo (9\d|100)%", edge.Output);
        Assert.Matches(@"4 frames in \d+\.\d s, 0 unreadable, 0 dropped\n4 messages, 4 acknowledged$", edge.Output);
    }

    [Fact]
    public async Task Ctrl_C_ends_it_cleanly_though_somebody_watches()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var port = FreePort.Next();
        await using var edge = StartLooping(broker, $"{port}");
        using var http = new HttpClient(
            new HttpClientHandler
            {
                ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
            });
        _ = await edge.LineAsync(Regex.Escape($"https://localhost:{port}/"));
        _ = await edge.LineAsync(Regex.Escape("frame 1"));
        using var watching = await http.GetAsync(
            $"https://localhost:{port}/stream.mjpg", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        edge.PressCtrlC();
        var exitCode = await edge.EndAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(0, exitCode);
        Assert.Contains("acknowledged", edge.Output);
        Assert.DoesNotContain("did not reach the broker", edge.Output);
    }

    [Fact]
    public async Task The_frame_of_a_message_is_served_by_its_run_and_seq_and_what_keeps_none_is_wrong_usage()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arrived = Listen(broker);
        await using var edge = StartLooping(broker, "0", "--fields", "seq,run");
        using var http = new HttpClient(
            new HttpClientHandler
            {
                ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
            });
        var view = (await edge.LineAsync(@"live view  (https://\S+)")).Groups[1].Value;
        _ = await edge.LineAsync("frame 3");
        await Eventually.TrueAsync(() => arrived.Any(message => message.Contains("\"seq\": 3")), "the third message has come");
        var message = Regex.Match(string.Join('\n', arrived), """"image": "(\w+)", .*"seq": 3, "run": "([0-9a-f]{16})"""");

        var jpeg = await http.GetByteArrayAsync($"{view}frames/{message.Groups[2].Value}/3.jpg", TestContext.Current.CancellationToken);
        var kept = Pictures.ColourOf(PictureReader.Read(jpeg, "kept"));
        var unnamed = await CliRun.InvokeAsync(
            "edge", "run", "--model", Model, "--camera", Camera, "--mqtt", "mqtt://127.0.0.1:1", "--keep-frames", "1MB");

        Assert.Equal(message.Groups[1].Value, ColourModel.Labels[kept]);
        Assert.Contains("--keep-frames keeps frames by the run and seq of their messages: give --fields run,seq too", unnamed.Error);
    }

    [Fact]
    public async Task A_new_model_is_taken_between_two_frames_and_no_message_is_lost()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arrived = Listen(broker);
        ColourModel.Package(["Red", "Green", "Blue", "Yellow"]).Write(_folder.File("new.tar.gz"));
        await using var edge = StartLooping(broker, "0", "--fields", "seq,run", "--camera-name", "desk");
        _ = await edge.LineAsync("model +version [0-9a-f]{12}, 4 labels: Google, Confluent, Mongo, Blank");
        _ = await edge.LineAsync("frame 3");

        var used = await CliRun.InvokeAsync("model", "use", _folder.File("new.tar.gz"), "--model", Model);
        _ = await edge.LineAsync("model +version [0-9a-f]{12}, 4 labels: Red, Green, Blue, Yellow");
        broker.Tell("socksort/desk/model", Encoding.UTF8.GetBytes("""{"path": "/etc/passwd"}"""));
        _ = await edge.LineAsync("model +another one is refused, version [0-9a-f]{12} goes on: the order has no \"sha256\"");
        await Eventually.TrueAsync(
            () => arrived.Any(message => message.StartsWith("sockfound ", StringComparison.Ordinal) && message.Contains("Green")),
            "a frame is told by the new model");
        edge.PressCtrlC();
        var exitCode = await edge.EndAsync();

        Assert.Equal((0, 0), (used.ExitCode, exitCode));
        var messages = arrived.Where(message => message.StartsWith("sockfound ", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            Enumerable.Range(1, messages.Count),
            messages.Select(message => int.Parse(Regex.Match(message, "\"seq\": (\\d+)").Groups[1].Value)));
        Assert.Single(messages.Select(message => Regex.Match(message, "\"run\": \"(\\w+)\"").Groups[1].Value).Distinct());
        Assert.Contains(messages, message => message.Contains("Confluent"));
        Assert.Contains(messages, message => message.Contains("Green"));
    }

    [Theory]
    [InlineData("http://models.example/", "--model-from 'http://models.example/' is no address that begins with https://")]
    [InlineData("none", "--model-from none takes no orders: leave out the other places")]
    public async Task A_place_of_models_that_cannot_be_used_is_wrong_usage(string place, string problem)
    {
        var run = await CliRun.InvokeAsync(
            "edge", "run", "--model", Model, "--camera", Camera, "--mqtt", "mqtt://127.0.0.1:1", "--model-from", place, "--model-from",
            "/srv/models");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error);
    }

    [Fact]
    public async Task A_broker_with_TLS_is_trusted_by_this_machines_authorities()
    {
        var certificate = SelfSignedCertificate.Make(_folder, "localhost");
        await using var broker = await Mosquitto.StartAsync(_folder, certificate: certificate);
        await using var edge = StartWithTls(broker, trusted: certificate.File);

        var exitCode = await edge.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.EndsWith("4 messages, 4 acknowledged", edge.Output);
    }

    [Theory]
    [InlineData("localhost", false, "not trusted: self-signed certificate: add its authority to this machine's")]
    [InlineData("elsewhere.example", true, "not trusted: it is for CN=elsewhere.example, not for 'localhost': use the name that it is for")]
    public async Task A_certificate_that_is_not_trusted_is_said_to_be_so_and_why(string name, bool isTrusted, string problem)
    {
        var certificate = SelfSignedCertificate.Make(_folder, name);
        await using var broker = await Mosquitto.StartAsync(_folder, certificate: certificate);
        await using var edge = StartWithTls(broker, isTrusted ? certificate.File : null);

        _ = await edge.LineAsync(Regex.Escape($"the certificate of the broker at mqtts://localhost:{broker.Port} is {problem}"));

        edge.PressCtrlC();
        _ = await edge.EndAsync();
        Assert.DoesNotContain(Mosquitto.Password, edge.Output);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_tried_again_and_the_messages_wait_for_it()
    {
        var port = FreePort.Next();
        await using var edge = SocksortProcess.Start(["edge", "run", "--model", Model,
            "--camera", Camera, "--mqtt", $"mqtt://socksort@127.0.0.1:{port}", "--fps", "0", "--no-live-view"],
            environment: new Dictionary<string, string> { ["MQTT_PASSWORD"] = "knows" });
        _ = await edge.LineAsync(Regex.Escape("not reachable, trying again"));

        await using var broker = await EmbeddedBroker.StartAsync(
            new BrokerOptions { Port = port, Password = "knows" }, TestContext.Current.CancellationToken);
        var exitCode = await edge.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.EndsWith("4 messages, 4 acknowledged", edge.Output);
    }

    [Fact]
    public async Task Messages_that_never_reached_a_broker_are_counted_and_the_work_has_failed()
    {
        await using var edge = SocksortProcess.Start(["edge", "run", "--model", Model, "--camera", Camera,
            "--mqtt", $"mqtt://127.0.0.1:{FreePort.Next()}", "--fps", "0", "--no-live-view", "--no-buffer"]);
        _ = await edge.LineAsync(Regex.Escape("frame 4"));
        _ = await edge.LineAsync(Regex.Escape("not reachable, trying again"));

        edge.PressCtrlC();
        var exitCode = await edge.EndAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(1, exitCode);
        Assert.EndsWith("4 messages, 0 acknowledged\n4 messages did not reach the broker (not reachable)", edge.Output);
    }

    [Fact]
    public async Task Messages_that_never_reached_a_broker_are_sent_by_the_next_start_as_they_were()
    {
        var port = FreePort.Next();
        string[] line = ["edge", "run", "--model", Model, "--camera", Camera, "--mqtt", $"mqtt://socksort@127.0.0.1:{port}",
            "--fps", "0", "--no-live-view", "--buffer", _folder.File("buffer"), "--camera-name", "desk", "--fields", "camera,seq,run"];
        var environment = new Dictionary<string, string> { ["MQTT_PASSWORD"] = "knows" };
        await using var first = SocksortProcess.Start(line, environment: environment);
        _ = await first.LineAsync(Regex.Escape("frame 4"));
        _ = await first.LineAsync(Regex.Escape("not reachable, trying again"));
        first.PressCtrlC();
        _ = await first.EndAsync(TimeSpan.FromMinutes(2));

        await using var broker = await EmbeddedBroker.StartAsync(
            new BrokerOptions { Port = port, Password = "knows" }, TestContext.Current.CancellationToken);
        var arrived = Listen(broker);
        await using var second = SocksortProcess.Start(line, environment: environment);
        var exitCode = await second.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.EndsWith(
            "4 messages did not reach the broker (not reachable)\nthey wait on disk: the next start sends them", first.Output);
        Assert.EndsWith("4 messages, 8 acknowledged", second.Output);
        var seen = arrived.Select(message => Regex.Match(message, @"^sockfound .*""seq"": (\d), ""run"": ""([0-9a-f]{16})"""))
            .Where(match => match.Success).ToList();
        Assert.Equal("12341234", string.Concat(seen.Select(match => match.Groups[1].Value)));
        Assert.Equal([4, 4], seen.GroupBy(match => match.Groups[2].Value).Select(run => run.Count()));
    }

    [Fact]
    public async Task Messages_that_the_broker_refuses_are_counted_with_the_reason_and_the_work_has_failed()
    {
        await using var broker = await AllowingAsync("topic write elsewhere");
        await using var edge = StartAt(broker);

        var exitCode = await edge.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.EndsWith(
            "4 messages, 0 acknowledged\n4 messages were refused (the broker has refused a message to 'sockfound': NotAuthorized (0x87); "
                + "this user may not publish there)",
            edge.Output);
    }

    [Fact]
    public async Task A_user_who_may_write_the_data_topic_only_delivers_everything()
    {
        await using var broker = await AllowingAsync("topic write sockfound");
        await using var edge = StartAt(broker);

        var exitCode = await edge.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.EndsWith("4 messages, 4 acknowledged", edge.Output);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("3.1.1")]
    [InlineData("3.1")]
    public async Task A_broker_that_speaks_no_MQTT_5_gets_everything(string version)
    {
        await using var broker = await Aedes.StartAsync();
        await using var edge = SocksortProcess.Start(
            [
                "edge", "run", "--model", Model, "--camera", Camera, "--mqtt", broker.Uri, "--mqtt-version", version, "--fps", "0",
                "--no-live-view",
            ]);

        var exitCode = await edge.EndAsync();

        Assert.Equal(0, exitCode);
        Assert.EndsWith("4 messages, 4 acknowledged", edge.Output);
        await Eventually.TrueAsync(
            () => broker.Messages.Count(message => message.StartsWith("sockfound ", StringComparison.Ordinal)) == 4,
            "aedes has told of all");
    }

    [Fact]
    public async Task A_taken_port_names_the_flag()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var edge = StartLooping(broker, port: $"{broker.Endpoint.Port}");

        var exitCode = await edge.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"socksort: port {broker.Endpoint.Port} of the live view is taken: choose another with --live-view-port (0 = a free one)",
            edge.Output);
    }

    [Fact]
    public async Task An_unreadable_picture_is_named_and_a_model_that_is_missing_ends_it()
    {
        File.WriteAllText(Path.Combine(Camera, "2.png"), "this is text");
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var edge = StartLooping(broker, port: "0");
        await using var lost = SocksortProcess.Start(
            ["edge", "run", "--model", "nowhere.tar.gz", "--camera", Camera, "--mqtt", "mqtt://localhost"]);

        _ = await edge.LineAsync(Regex.Escape("skipped    2.png: "));
        var exitCode = await lost.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.StartsWith("socksort: nowhere.tar.gz: no such file", lost.Output);
    }

    [Fact]
    public async Task Given_a_camera_that_breaks_off_expect_the_messages_that_wait_to_be_sent_before_the_error()
    {
        var port = FreePort.Next();
        await using var edge =
            SocksortProcess.Start(["edge", "run", "--model", Model, "--camera", Camera, "--mqtt", $"mqtt://socksort@127.0.0.1:{port}",
            "--loop", "--fps", "20", "--no-live-view"], environment: new Dictionary<string, string> { ["MQTT_PASSWORD"] = "knows" });
        _ = await edge.LineAsync(Regex.Escape("not reachable, trying again"));

        foreach (var picture in Directory.GetFiles(Camera))
            File.WriteAllText(picture, "this is text");
        _ = await edge.LineAsync(Regex.Escape("skipped    4.png: "));
        await using var broker = await EmbeddedBroker.StartAsync(
            new BrokerOptions { Port = port, Password = "knows" }, TestContext.Current.CancellationToken);
        var exitCode = await edge.EndAsync();

        Assert.Equal(1, exitCode);
        Assert.Matches(@"\n(\d+) messages?, \1 acknowledged\nsocksort: camera '.*': none of its 4 pictures can be read", edge.Output);
    }

    [Fact]
    public async Task A_password_file_whose_first_line_is_empty_is_an_error()
    {
        File.WriteAllText(_folder.File("password"), "\nsecret\n");

        var run = await CliRun.InvokeAsync(
            "edge", "run", "--model", Model, "--camera", Camera, "--mqtt", "mqtt://localhost", "--mqtt-user", "me", "--mqtt-password-file",
            _folder.File("password"));

        Assert.Equal(
            (1, $"socksort: {_folder.File("password")}: the first line is empty, expected the password\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("--frame-timeout", "NaN", "--frame-timeout NaN is out of range: choose 0.001 to 86400")]
    [InlineData("--frame-timeout", "1e15", "--frame-timeout 1e15 is out of range: choose 0.001 to 86400")]
    [InlineData("--fps", "241", "--fps 241 is out of range: choose 0 to 240")]
    [InlineData("--camera-name", " ", "--camera-name has 0 characters: give 1 to 100")]
    [InlineData(
        "--nowhere", "rtsp://admin:S3cret#Part@10.0.0.5/x?pwd=S3cret",
        "Unrecognized command or argument '--nowhere'.\nsocksort: Unrecognized command or argument 'rtsp://admin:***@10.0.0.5/x'.")]
    [InlineData("--topic", "a/#", "topic 'a/#' can't be published to: The character '#' is not allowed in topics.")]
    [InlineData("--mqtt-version", "4", "--mqtt-version: '4' is no version that is spoken here: 5, 3.1.1, 3.1 or auto")]
    [InlineData(
        "--fields", "camera,colour", "--fields: 'colour' is no field of a message: camera, seq, ts, run, unknown, second, learnt or model")]
    [InlineData("--live-view-listen", "everywhere", "--live-view-listen: 'everywhere' is no IP address, as 127.0.0.1 or 0.0.0.0")]
    public async Task A_wrong_option_is_wrong_usage(string option, string value, string message)
    {
        var run = await CliRun.InvokeAsync(
            "edge", "run", "--model", Model, "--camera", Camera, "--mqtt", "mqtt://localhost", option, value);

        Assert.Equal((2, $"socksort: {message}\nsocksort: see 'socksort edge run --help'\n"), (run.ExitCode, run.Error));
    }

    private Task<Mosquitto> AllowingAsync(string rule) =>
        Mosquitto.StartAsync(
            _folder, settings: $"acl_file {_folder.Write("acl", $"user {Mosquitto.User}\n{rule}\n")}\nmax_queued_messages 1000");

    private SocksortProcess StartAt(Mosquitto broker) => SocksortProcess.Start(
        [
            "edge",
            "run",
            "--model",
            Model,
            "--camera",
            Camera,
            "--mqtt",
            $"mqtt://{Mosquitto.User}@127.0.0.1:{broker.Port}",
            "--fps",
            "0",
            "--no-live-view",
        ],
        environment: new Dictionary<string, string> { ["MQTT_PASSWORD"] = Mosquitto.Password });

    /// <param name="trusted">Takes the place of this machine's authorities; null leaves them.</param>
    private SocksortProcess StartWithTls(Mosquitto broker, string? trusted)
    {
        var environment = new Dictionary<string, string> { ["MQTT_PASSWORD"] = Mosquitto.Password };
        if (trusted is not null)
            environment["SSL_CERT_FILE"] = trusted;
        return SocksortProcess.Start(
            [
                "edge",
                "run",
                "--model",
                Model,
                "--camera",
                Camera,
                "--mqtt",
                $"mqtts://{Mosquitto.User}@localhost:{broker.Port}",
                "--fps",
                "0",
                "--no-live-view",
            ],
            environment: environment);
    }

    private SocksortProcess StartLooping(EmbeddedBroker broker, string port, params string[] more) =>
        SocksortProcess.Start(
            ["edge", "run", "--model", Model, "--camera", Camera, "--mqtt", $"{broker.Endpoint}", "--mqtt-user", broker.Endpoint.User!,
            "--loop", "--fps", "20", "--live-view-port", port, .. more], environment: new Dictionary<string, string>
            {
                ["MQTT_PASSWORD"] =
                broker.Endpoint.Password!,
                ["XDG_DATA_HOME"] = _folder.Path
            });

    private static ConcurrentQueue<string> Listen(EmbeddedBroker broker)
    {
        var arrived = new ConcurrentQueue<string>();
        broker.Intake("#", message =>
        {
            arrived.Enqueue($"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}");
            return Task.CompletedTask;
        });
        return arrived;
    }
}
