using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Mqtt.Broker;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

/// <summary>What <c>edge run</c> tells of its camera: which one it is and whether it is there, and nothing of its password.</summary>
public sealed class EdgeCameraTests : IDisposable
{
    private const string Password = "S3cret#Part/2?a=1@b:c%";

    // Of a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();

    public EdgeCameraTests() => ColourModel.Package().Write(Model);

    private string Model => _folder.File("model.tar.gz");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("address")]
    [InlineData("file")]
    [InlineData("environment")]
    public async Task A_camera_s_password_is_in_no_output_topic_page_or_process_list(string given)
    {
        await using var server = await RtspCamera.StartAsync(_folder, "admin", Password);
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arrived = Listen(broker);
        var user = given == "address" ? $"admin:{Password}@" : "";
        var apart = given == "address" ? Array.Empty<string>() : ["--camera-user", "admin"];
        string[] file = given == "file" ? ["--camera-password-file", _folder.Write("password", Password + "\n")] : [];
        await using var edge = Start(broker, $"rtsp://{user}127.0.0.1:{server.Port}/stream?x=1", given == "environment" ? Password : "",
            [.. apart, .. file, "--fields", "camera,seq,ts", "--live-view-port", "0"]);
        var address = (await edge.LineAsync(@"live view  (https://\S+)")).Groups[1].Value;
        await Eventually.TrueAsync(
            () => arrived.Any(message => message.StartsWith("sockfound ", StringComparison.Ordinal)), "a frame is published", Patience);

        var pages = await PagesAsync(address);
        var processes = string.Join('\n', ChildProcesses.Of(edge.Id, "ffmpeg"));
        server.HangUp();
        edge.PressCtrlC();
        _ = await edge.EndAsync();

        Assert.Matches(
            $"camera     {Regex.Escape($"rtsp://admin:***@127.0.0.1:{server.Port}/stream")}, called "
                + $"127.0.0.1-{server.Port}-stream-[0-9a-f]{{6}}\n",
            edge.Output);
        Assert.Contains("concat", processes);
        Assert.Contains(
            arrived, message => Regex.IsMatch(message, $"^socksort/127.0.0.1-{server.Port}-stream-[0-9a-f]{{6}}/status online$"));
        Assert.DoesNotMatch("S3cret|Part", string.Join('\n', [edge.Output, .. arrived, pages, processes]));
    }

    [Fact]
    public async Task A_camera_that_refuses_the_password_is_named_without_it()
    {
        await using var server = await RtspCamera.StartAsync(_folder, "admin", "another");
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var edge = Start(
            broker, $"rtsp://admin:{Password}@127.0.0.1:{server.Port}/stream?pwd={Password}", "", ["--no-live-view", "--verbose"]);

        _ = await edge.LineAsync("401 Unauthorized");
        edge.PressCtrlC();
        _ = await edge.EndAsync();

        Assert.DoesNotMatch("S3cret|Part", edge.Output);
    }

    [Theory]
    [InlineData("rtsp//admin:S3cret#Part@10.0.0.5/x", "camera 'rtsp//admin:***@10.0.0.5/x' does not exist: give ")]
    [InlineData("admin:S3cret#Part@10.0.0.5/x", "camera 'admin:***@10.0.0.5/x' does not exist: give ")]
    [InlineData("ftp://admin:S3cret#Part@10.0.0.5/x", "camera 'ftp://admin:***@10.0.0.5/x': addresses of kind ftp:// are not read; give ")]
    [InlineData("rtsp://admin:S3cret@Part/x@cam/y", "the camera's rtsp:// address can be read in two ways, ")]
    public async Task An_address_that_cannot_be_used_is_refused_without_its_password(string camera, string message)
    {
        var run = await CliRun.InvokeAsync(
            "edge", "run", "--model", Model, "--camera", camera, "--mqtt", "mqtt://127.0.0.1", "--no-live-view");

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"socksort: {message}", run.Error);
        Assert.DoesNotMatch("S3cret|Part", run.Error);
    }

    [Fact]
    public async Task A_password_for_a_camera_that_takes_none_is_an_error()
    {
        var password = _folder.Write("password", Password);
        string[] line =
        [
            "edge", "run", "--model", Model, "--mqtt", "mqtt://127.0.0.1", "--no-live-view", "--camera-password-file", password,
        ];

        var folder = await CliRun.InvokeAsync([.. line, "--camera", _folder.Path]);
        var nobody = await CliRun.InvokeAsync([.. line, "--camera", "rtsp://10.0.0.5/x"]);

        Assert.Equal(
            (1, $"socksort: camera '{_folder.Path}' takes no user and password: only addresses do, as rtsp://HOST/PATH\n"),
            (folder.ExitCode, folder.Error));
        Assert.Equal(
            (1, "socksort: camera 'rtsp://10.0.0.5/x': a password was given, but no user: give --camera-user, or write it into the address "
                + "as rtsp://USER@HOST/PATH\n"),
            (nobody.ExitCode, nobody.Error));
    }

    [Fact]
    public async Task Two_cameras_of_one_machine_have_status_topics_of_their_own_and_the_end_of_one_is_not_told_of_the_other()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var arrived = Listen(broker);
        await using var left = StartFolder(broker, "left/frames");
        await using var right = StartFolder(broker, "right/frames");
        var names = new[] { await NameOfAsync(left), await NameOfAsync(right) };
        await Eventually.TrueAsync(
            () => arrived.Count(message => message.EndsWith("/status online", StringComparison.Ordinal)) == 2, "both are online", Patience);

        await left.KillAsync();
        await Eventually.TrueAsync(
            () => arrived.Any(message => message.EndsWith("/status offline", StringComparison.Ordinal)), "the last will of one is told",
            Patience);

        // Each camera also has a topic of its latest label.
        var states = arrived.Where(message => Regex.IsMatch(message, "^socksort/[^/]+/status ")).ToList();
        Assert.NotEqual(names[0], names[1]);
        Assert.Equal(
            new HashSet<string> { $"socksort/{names[0]}/status offline", $"socksort/{names[1]}/status online" }, [.. Latest(states)]);
    }

    [Fact]
    public async Task One_camera_that_is_looked_at_twice_has_two_names_and_a_name_given_twice_is_refused()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var first = StartFolder(broker, "frames");
        var name = await NameOfAsync(first);
        await using var second = StartFolder(broker, "frames");
        await using var third = StartFolder(broker, "frames", "--camera-name", name);

        Assert.Equal($"{name}-2", await NameOfAsync(second));
        Assert.Equal(1, await third.EndAsync());
        Assert.StartsWith(
            $"socksort: another process of this machine stands for camera '{name}' at mqtt://127.0.0.1:{broker.Endpoint.Port}, ",
            third.Output);
    }

    private SocksortProcess StartFolder(EmbeddedBroker broker, string folder, params string[] more)
    {
        var path = _folder.File(folder);
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            Pictures.WriteFolder(path);
        }
        return Start(broker, path, "", ["--loop", "--no-live-view", .. more]);
    }

    private SocksortProcess Start(EmbeddedBroker broker, string camera, string cameraPassword, string[] more) => SocksortProcess.Start(
        [
            "edge", "run", "--model", Model, "--camera", camera, "--mqtt", $"{broker.Endpoint}", "--mqtt-user", broker.Endpoint.User!,
            .. more,
        ],
        environment: new Dictionary<string, string>
        {
            ["MQTT_PASSWORD"] = broker.Endpoint.Password!,
            ["SOCKSORT_CAMERA_PASSWORD"] = cameraPassword,
            ["XDG_DATA_HOME"] = _folder.Path,
        });

    private static async Task<string> NameOfAsync(SocksortProcess edge) =>
        (await edge.LineAsync(@"^camera     .*, called (\S+)$")).Groups[1].Value;

    /// <summary>Of each topic the last message.</summary>
    private static IEnumerable<string> Latest(List<string> states) =>
        states.GroupBy(state => state.Split(' ')[0]).Select(topic => topic.Last());

    private static async Task<string> PagesAsync(string address)
    {
        using var http = new HttpClient(
            new HttpClientHandler
            {
                ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
            });
        return await GetAsync(http, address) + await GetAsync(http, address + "status.json");
    }

    /// <summary>A busy machine may be too slow for the server's patience with a handshake: it is asked again.</summary>
    private static async Task<string> GetAsync(HttpClient http, string address)
    {
        var page = "";
        await Eventually.TrueAsync(async () => (page = await TryGetAsync(http, address)).Length > 0, $"{address} answers", Patience);
        return page;
    }

    private static async Task<string> TryGetAsync(HttpClient http, string address)
    {
        try
        {
            return await http.GetStringAsync(address, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

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
