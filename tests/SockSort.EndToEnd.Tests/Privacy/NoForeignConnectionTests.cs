using SockSort.Mqtt.Broker;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Privacy;

/// <summary>
/// No command opens a connection or resolves a name that its user did not give, and no library leaves an id of the machine behind.
/// </summary>
public sealed class NoForeignConnectionTests(TracedTraining training) : IClassFixture<TracedTraining>
{
    // Of a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public void Training_speaks_to_nobody() => AssertSilent(training.Trace, training.Output, isConnected: false);

    [Fact]
    public async Task A_demo_speaks_to_nobody_but_this_machine()
    {
        await training.GiveToDemoAsync();
        var trace = new NetworkTrace(training.Folder, "demo");
        await using var demo = await training.Demo.StartAsync("3s", trace);

        Assert.True(await demo.EndAsync() == 0, demo.Output);

        Assert.DoesNotContain("learning", demo.Output);
        AssertSilent(trace, demo.Output);
    }

    [Fact]
    public async Task Classifying_speaks_to_nobody()
    {
        var trace = new NetworkTrace(training.Folder, "classify");
        var photo = Directory.GetFiles(training.Photos, "*.jpg", SearchOption.AllDirectories)[0];
        await using var classify = SocksortProcess.Start(["classify", training.Model, photo], trace: trace);

        Assert.True(await classify.EndAsync() == 0, classify.Output);

        AssertSilent(trace, classify.Output, isConnected: false);
    }

    [Fact]
    public async Task The_edge_speaks_to_its_broker_alone()
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var trace = new NetworkTrace(training.Folder, "edge");
        var environment = new Dictionary<string, string> { ["MQTT_PASSWORD"] = broker.Endpoint.Password! };
        var camera = Directory.GetDirectories(training.Photos)[0];
        await using var edge = SocksortProcess.Start(
            [
                "edge", "run", "--model", training.Model, "--camera", camera, "--mqtt", $"{broker.Endpoint}", "--mqtt-user",
                broker.Endpoint.User!, "--live-view-port", "0",
            ],
            environment: environment, trace: trace);

        Assert.True(await edge.EndAsync() == 0, edge.Output);

        AssertSilent(trace, edge.Output);
    }

    [Fact]
    public async Task Servers_speak_to_nobody_who_does_not_ask()
    {
        var trace = new NetworkTrace(training.Folder, "server");
        var script = training.Folder.Write(
            "server.ksql", "CREATE STREAM socks (image STRING) WITH (KAFKA_TOPIC = 'socks', PARTITIONS = 1, VALUE_FORMAT = 'JSON');");
        var (port, other) = (FreePort.Next(), FreePort.Next());
        await using var server = SocksortProcess.Start(
            ["server", "--listen", $"http://127.0.0.1:{port}/", "--queries", script, "--data", training.Folder.File("server")],
            trace: trace);
        var modelTrace = new NetworkTrace(training.Folder, "serve-model");
        await using var serveModel = SocksortProcess.Start(["serve-model", training.Model, "--port", $"{other}"], trace: modelTrace);
        using var http = new HttpClient();
        await Eventually.TrueAsync(() => AnswersAsync(http, $"http://127.0.0.1:{port}/info"), "the server answers", Patience);
        await Eventually.TrueAsync(() => AnswersAsync(http, $"http://127.0.0.1:{other}/ping"), "the model's endpoint answers", Patience);

        server.PressCtrlC();
        serveModel.PressCtrlC();
        _ = await server.EndAsync();
        _ = await serveModel.EndAsync();

        AssertSilent(trace, server.Output, isConnected: false);
        AssertSilent(modelTrace, serveModel.Output, isConnected: false);
    }

    [Fact]
    public async Task A_bucket_without_credentials_asks_no_address_that_nobody_has_named()
    {
        var trace = new NetworkTrace(training.Folder, "bucket");
        var environment = new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = $"http://127.0.0.1:{FreePort.Next()}" };
        await using var copy = SocksortProcess.Start(
            ["dataset", "copy", "s3://socks", training.Folder.File("copied")], environment: environment, trace: trace);

        var exitCode = await copy.EndAsync();

        Assert.Equal(
            (1, "socksort: s3://socks/ cannot be opened: there are no credentials; set AWS_ACCESS_KEY_ID and "
                + "AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; "
                + "on a machine of EC2 with a role, AWS_EC2_METADATA_DISABLED=false"),
            (exitCode, copy.Output));
        AssertSilent(trace, copy.Output, isConnected: false);
    }

    private static void AssertSilent(NetworkTrace trace, string output, bool isConnected = true)
    {
        Assert.True(!isConnected || trace.Calls() > 0, $"strace has seen no connection at all:\n{output}");
        Assert.Empty(trace.ForeignCalls());
        Assert.Empty(trace.FilesOfOthers());
    }

    private static async Task<bool> AnswersAsync(HttpClient http, string address)
    {
        try
        {
            using var answer = await http.GetAsync(address, TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
