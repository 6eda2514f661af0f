using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SockSort.Testing;

namespace SockSort.Deploy.Tests.Flink;

/// <summary>Flink with its SQL Gateway over a Kafka of its own: the kit's, or the test is skipped.</summary>
internal sealed partial class RealFlink : IAsyncDisposable
{
    private readonly string _kit;
    private readonly TempFolder _folder;
    private readonly HttpClient _http;

    private string _session = "";

    private RealFlink(string kit, TempFolder folder, string bootstrap, Uri gateway)
    {
        (_kit, _folder, Bootstrap) = (kit, folder, bootstrap);
        _http = new HttpClient { BaseAddress = gateway };
    }

    /// <summary>Kafka's address.</summary>
    public string Bootstrap { get; }

    public static async Task<RealFlink> StartAsync(params string[] topics)
    {
        var kit = Repository.Shared("testkit");
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "java"))))
            Assert.Skip("java is absent");
        var folder = new TempFolder();
        var flink = RunAsync($"{kit}/flink/start", folder.File("flink"), "0", "0");
        var bootstrap = Value().Match(await RunAsync($"{kit}/kafka/start", folder.File("kafka"), "0")).Groups[2].Value;
        foreach (var topic in topics)
            _ = await RunAsync($"{kit}/kafka/topics", "--bootstrap-server", bootstrap, "--create", "--topic", topic);
        var gateway = Value().Matches(await flink).First(match => match.Groups[1].Value == "gateway").Groups[2].Value;
        var real = new RealFlink(kit, folder, bootstrap, new Uri(gateway));
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
        var text = await RunAsync(
            $"{_kit}/kafka/console-consumer", "--bootstrap-server", Bootstrap, "--topic", topic, "--from-beginning",
            "--max-messages", $"{count}", "--timeout-ms", "60000", "--property", "print.key=true", "--property", "print.timestamp=true",
            "--property", "key.deserializer=org.apache.kafka.common.serialization.BytesDeserializer");
        return [.. text.Split('\n').Where(line => line.StartsWith("CreateTime:", StringComparison.Ordinal))];
    }

    /// <summary>The number of records of a topic of one partition.</summary>
    public async Task<int> CountAsync(string topic)
    {
        var text = await RunAsync($"{_kit}/kafka/offsets", "--bootstrap-server", Bootstrap, "--topic", topic);
        return int.Parse(text.Trim().Split(':')[^1]);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _ = await RunAsync($"{_kit}/flink/stop", _folder.File("flink"), "--kill");
        _ = await RunAsync($"{_kit}/kafka/stop", _folder.File("kafka"), "--kill");
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

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        // The server that a script starts keeps its pipes open: what it prints goes through a file.
        var output = Path.GetTempFileName();
        try
        {
            const string Script = "out=$1; shift; \"$@\" > \"$out\" 2>&1 < /dev/null";
            using var process = Process.Start("bash", ["-c", Script, "bash", output, program, .. arguments])!;
            await process.WaitForExitAsync();
            var text = await File.ReadAllTextAsync(output);
            Assert.True(process.ExitCode == 0, $"{program}: {text}");
            return text;
        }
        finally
        {
            File.Delete(output);
        }
    }

    [GeneratedRegex(@"^(\w+)=(\S+)", RegexOptions.Multiline)]
    private static partial Regex Value();
}
