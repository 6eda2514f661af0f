using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using SockSort.Testing;

namespace SockSort.Server.Tests.Ksql;

/// <summary>What a client may do wrong costs it an error entity, and nobody else anything.</summary>
public sealed class BadRequestTests : IAsyncLifetime
{
    private const string Socks =
        "CREATE STREAM socks (id STRING KEY, image STRING) WITH (kafka_topic='socks', value_format='json', partitions=1);";
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        await _server.KsqlAsync(Socks);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/ksql")]
    [InlineData("/query")]
    [InlineData("/query-stream")]
    [InlineData("/close-query")]
    [InlineData("/inserts-stream")]
    public async Task Broken_JSON_is_refused_everywhere(string path)
    {
        var (status, text) = await _server.PostAsync(path, "{\"ksql\": \"SHOW STREAMS;\"");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(("generic_error", 40000), ((string)JsonNode.Parse(text)!["@type"]!, (int)JsonNode.Parse(text)!["error_code"]!));
        await StillServesAsync();
    }

    [Theory]
    [InlineData("/ksql", """{"ksql": "SHOW STREAMS;", "streamsProperties": {"no.such": "x"}}""")]
    [InlineData("/query", """{"ksql": "SELECT * FROM socks EMIT CHANGES;", "streamsProperties": {"no.such": "x"}}""")]
    [InlineData("/query-stream", """{"sql": "SELECT * FROM socks EMIT CHANGES;", "properties": {"no.such": "x"}}""")]
    public async Task An_unknown_property_is_named_and_starts_nothing(string path, string body)
    {
        var (status, text) = await _server.PostAsync(path, body);

        Assert.Equal((HttpStatusCode.BadRequest, 40000), (status, (int)JsonNode.Parse(text)!["error_code"]!));
        Assert.StartsWith("no property 'no.such'; there are ", (string)JsonNode.Parse(text)!["message"]!);
        Assert.Empty(_server.Engine.Snapshot().Queries);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task A_body_of_100_MB_is_refused_without_being_read(string header)
    {
        using var folder = new TempFolder();
        var body = folder.File("large.json");
        await using (var file = File.Create(body))
            file.SetLength(100 << 20);

        var answer = await CurlAsync(
            "--http1.1", "-X", "POST", $"{_server.Address}ksql", "-H", header, "-H", "Expect:", "--data-binary", $"@{body}", "-o",
            folder.File("answer"), "-w", "%{http_code}");

        Assert.Equal("413", answer);
        Assert.Equal(41300, (int)JsonNode.Parse(await File.ReadAllTextAsync(folder.File("answer")))!["error_code"]!);
        await StillServesAsync();
    }

    [Fact]
    public async Task A_body_of_100_MB_is_refused_over_HTTP2_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ksql")
        {
            Content = new ByteArrayContent(new byte[100 << 20]),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var answer = await _server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await StillServesAsync();
    }

    [Fact]
    public async Task A_stream_of_inserts_has_no_end_of_its_own()
    {
        var row = $$"""{"id": "a", "image": "{{new string('x', 1 << 20)}}"}""";
        var body = "{\"target\": \"socks\"}\n" + string.Concat(Enumerable.Repeat(row + "\n", 12));

        var (status, text) = await _server.PostAsync("/inserts-stream", body);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            12, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => line.Contains("\"ok\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_client_that_leaves_before_its_body_is_whole_has_asked_for_nothing()
    {
        var body = new JsonObject { ["ksql"] = "CREATE STREAM loud AS SELECT * FROM socks;" }.ToJsonString();

        await LeaveAfterAsync($"POST /ksql HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body[..^5]}");

        await StillServesAsync();
        Assert.Equal(["SOCKS"], _server.Engine.Snapshot().Sources.Select(source => source.Name));
    }

    [Fact]
    public async Task Rows_of_a_client_that_leaves_in_the_middle_of_its_inserts_are_those_that_came_whole()
    {
        var whole = "{\"target\": \"socks\"}\n{\"id\": \"a\", \"image\": \"Google\"}\n";
        var sent = whole + "{\"id\": \"b\", \"ima";

        await LeaveAfterAsync(
            $"POST /inserts-stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: {sent.Length + 100}\r\n\r\n{sent}",
            until: () => _server.Log.EndOffset("socks", 0) == 1);

        await StillServesAsync();
        Assert.Equal(1, _server.Log.EndOffset("socks", 0));
    }

    [Theory]
    [InlineData("GET", "/ksql", "POST")]
    [InlineData("DELETE", "/query-stream", "POST")]
    [InlineData("POST", "/info", "GET, HEAD")]
    [InlineData("POST", "/ws/query", "GET")]
    public async Task A_wrong_method_is_told_the_right_one(string method, string path, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await _server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(allowed, string.Join(", ", answer.Content.Headers.Allow));
        Assert.Equal(40500, (int)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error_code"]!);
    }

    [Theory]
    [InlineData("/ksql", """{"ksql": "CREATE STREAM loud AS SELECT * FROM socks;"}""")]
    [InlineData("/query-stream", """{"sql": "SELECT * FROM socks EMIT CHANGES LIMIT 0;"}""")]
    [InlineData("/query", """{"ksql": "SELECT * FROM socks EMIT CHANGES LIMIT 0;"}""")]
    public async Task A_form_that_there_is_not_is_refused_before_anything_is_done(string path, string body)
    {
        var (status, text) = await _server.PostAsync(path, body, accept: "text/html");

        Assert.Equal((HttpStatusCode.NotAcceptable, 40600), (status, (int)JsonNode.Parse(text)!["error_code"]!));
        Assert.Equal(["SOCKS"], _server.Engine.Snapshot().Sources.Select(source => source.Name));
    }

    [Fact]
    public async Task A_name_that_no_topic_may_have_is_a_mistake_of_the_statement()
    {
        var (status, text) = await _server.PostAsync(
            "/ksql", """{"ksql": "CREATE STREAM odd (a INT) WITH (kafka_topic='not a topic', value_format='json', partitions=1);"}""");

        Assert.Equal((HttpStatusCode.BadRequest, 40001), (status, (int)JsonNode.Parse(text)!["error_code"]!));
        Assert.Contains("not a topic", (string)JsonNode.Parse(text)!["message"]!);
        await StillServesAsync();
    }

    private async Task StillServesAsync() =>
        Assert.Equal("SOCKS", (string)(await _server.KsqlAsync("SHOW STREAMS;"))[0]!["streams"]![0]!["name"]!);

    /// <summary>Sends bytes, waits, and closes the connection.</summary>
    private async Task LeaveAfterAsync(string bytes, Func<bool>? until = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(bytes));
        if (until is not null)
            await Eventually.TrueAsync(until, "what came whole is there");
        client.Client.LingerState = new LingerOption(true, 0);
    }

    private static async Task<string> CurlAsync(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Programs.Find("curl"), ["-s", "-m", "60", .. arguments]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}
