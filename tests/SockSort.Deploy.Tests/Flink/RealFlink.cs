using System.Text;
using System.Text.Json.Nodes;
using SockSort.Testing;

namespace SockSort.Deploy.Tests.Flink;

/// <summary>Flink with its SQL Gateway over a Kafka of its own: the kit's, or the test is skipped.</summary>
internal sealed class RealFlink : IAsyncDisposable
{
    private readonly KafkaServer _kafka;
    private readonly TempFolder _folder;
    private readonly HttpClient _http;

    private string _session = "";

    private RealFlink(KafkaServer kafka, TempFolder folder, Uri gateway)
    {
        (_kafka, _folder) = (kafka, folder);
        _http = new HttpClient { BaseAddress = gateway };
    }

    /// <summary>Kafka's address.</summary>
    public string Bootstrap => _kafka.Bootstrap;

    public static async Task<RealFlink> StartAsync(params string[] topics)
    {
        var folder = new TempFolder();
        var starting = TestKit.RunAsync("flink/start", folder.File("flink"), "0", "0");
        var kafka = await KafkaServer.StartAsync();
        foreach (var topic in topics)
            _ = await TestKit.TextOfAsync("kafka/topics", "--bootstrap-server", kafka.Bootstrap, "--create", "--topic", topic);
        var real = new RealFlink(kafka, folder, new Uri((await starting)["gateway"]));
        var opened = await real.SendAsync(
            HttpMethod.Post, "/v3/sessions", """{"sessionName": "test", "properties": {"parallelism.default": "1"}}""");
        real._session = (string)opened["sessionHandle"]!;
        return real;
    }

    /// <summary>Runs a statement; fails the test where Flink refuses it. A job that it begins runs on.</summary>
    public async Task RunAsync(string statement)
    {
        var sent = await SendAsync(
            HttpMethod.Post, $"/v3/sessions/{_session}/statements", new JsonObject { ["statement"] = statement }.ToJsonString());
        var operation = $"/v3/sessions/{_session}/operations/{sent["operationHandle"]}";
        string? status = "";
        await Eventually.TrueAsync(
            async () =>
            {
                status = (string?)(await SendAsync(HttpMethod.Get, $"{operation}/status", null))["status"];
                return status is "FINISHED" or "ERROR";
            },
            $"Flink has done {statement}");
        if (status == "FINISHED")
            return;
        using var reason = await _http.GetAsync($"{operation}/result/0?rowFormat=JSON");
        Assert.Fail($"{statement}\n{await reason.Content.ReadAsStringAsync()}");
    }

    /// <summary>Reads so many records: <c>CreateTime:MS</c>, key and value, parted by tabs.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string topic, int count)
    {
        var text = await TestKit.TextOfAsync(
            "kafka/console-consumer", "--bootstrap-server", Bootstrap, "--topic", topic, "--from-beginning",
            "--max-messages", $"{count}", "--timeout-ms", "60000", "--property", "print.key=true", "--property", "print.timestamp=true",
            "--property", "key.deserializer=org.apache.kafka.common.serialization.BytesDeserializer");
        return [.. text.Split('\n').Where(line => line.StartsWith("CreateTime:", StringComparison.Ordinal))];
    }

    /// <summary>The number of records of a topic of one partition.</summary>
    public async Task<int> CountAsync(string topic)
    {
        var text = await TestKit.TextOfAsync("kafka/offsets", "--bootstrap-server", Bootstrap, "--topic", topic);
        return int.Parse(text.Trim().Split(':')[^1]);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _ = await TestKit.RunAsync("flink/stop", _folder.File("flink"), "--kill");
        await _kafka.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }
}
