using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Server;

/// <summary>Mosquitto, and <c>socksort server</c> as a process over a data folder, with a connector between the two.</summary>
internal sealed class ServedConnector : IAsyncDisposable
{
    public const string Drop = "DROP CONNECTOR IF EXISTS `mqtt-source`;";

    // mosquitto_pub ends with the acknowledgement that bears its last message's identifier: there are 65 535 of these.
    private const int MostAtOnce = 50_000;

    private readonly int _port;
    private Mosquitto? _broker;
    private SocksortProcess? _server;
    private HttpClient? _client;

    private ServedConnector(TempFolder folder, Mosquitto broker) => (Folder, _broker, _port) = (folder, broker, broker.Port);

    public TempFolder Folder { get; }

    public string Data => Folder.File("data");

    public SocksortProcess Server => _server!;

    public string Address => _client!.BaseAddress!.ToString();

    public string BrokerUri => $"mqtt://127.0.0.1:{_port}";

    public static async Task<ServedConnector> StartAsync()
    {
        var folder = new TempFolder();
        var served = new ServedConnector(folder, await Mosquitto.StartAsync(folder));
        served.WritePassword(Mosquitto.Password);
        return served;
    }

    /// <param name="settings">More than the connector needs, each before a comma: <c>'mqtt.qos'='2',</c>.</param>
    public string Create(string settings = "", string topics = "socks") => $$"""
        CREATE SOURCE CONNECTOR `mqtt-source` WITH ({{settings}}
          'connector.class'='io.confluent.connect.mqtt.MqttSourceConnector', 'mqtt.server.uri'='{{BrokerUri}}',
          'mqtt.username'='{{Mosquitto.User}}',
          'mqtt.password'='${file:/broker.properties:PASSWORD}', 'mqtt.topics'='{{topics}}', 'kafka.topic'='data_mqtt');
        """;

    public void WritePassword(string password) => Folder.Write("broker.properties", $"PASSWORD={password}\n");

    public async Task StartServerAsync(params string[] options)
    {
        _server = SocksortProcess.Start(["server", "--listen", "http://127.0.0.1:0", "--data", Data, "--secrets", Folder.Path, .. options]);
        _client = new HttpClient { BaseAddress = new((await _server.LineAsync(@"listening on (http://\S+);")).Groups[1].Value) };
    }

    /// <summary>As Ctrl-C does it.</summary>
    public async Task StopServerAsync()
    {
        Server.PressCtrlC();
        Assert.True(await Server.EndAsync() == 0, Server.Output);
    }

    public async Task StopBrokerAsync()
    {
        await _broker!.DisposeAsync();
        _broker = null;
    }

    public async Task StartBrokerAsync() => _broker = await Mosquitto.StartAsync(Folder, _port);

    /// <summary>Runs statements; fails the test where they do not run.</summary>
    public async Task<JsonArray> KsqlAsync(string statements)
    {
        using var answer = await _client!.PostAsJsonAsync("/ksql", new { ksql = statements });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsArray();
    }

    /// <summary>Runs a statement that is wrong; the answer's text.</summary>
    public async Task<string> RefusedAsync(string statement)
    {
        using var answer = await _client!.PostAsJsonAsync("/ksql", new { ksql = statement });
        Assert.False(answer.IsSuccessStatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<string> StateAsync() => (string)(await KsqlAsync("SHOW CONNECTORS;"))[0]!["connectors"]![0]!["state"]!;

    public Task StateAsync(string state) => Eventually.TrueAsync(async () => await StateAsync() == state, $"the connector is {state}");

    public async Task<JsonNode> DescribeAsync() => (await KsqlAsync("DESCRIBE CONNECTOR `mqtt-source`;"))[0]!;

    public async Task<JsonNode> HealthAsync() => JsonNode.Parse(await _client!.GetStringAsync("/healthcheck"))!;

    public Task<string> MetricsAsync() => _client!.GetStringAsync("/metrics");

    /// <summary>
    /// Publishes the numbers from one on, a line each, as another program does; returns when the broker has acknowledged all.
    /// </summary>
    public async Task PublishAsync(int first, int count, int qos = 1, string topic = "socks")
    {
        foreach (var numbers in Enumerable.Range(first, count).Chunk(MostAtOnce))
            await PublishAsync(string.Concat(numbers.Select(i => $"{i}\n")), "-q", $"{qos}", "-t", topic, "-l");
    }

    /// <summary>Publishes a file's content as one message; returns when the broker has acknowledged it.</summary>
    public Task PublishFileAsync(string file) => PublishAsync("", "-q", "1", "-t", "socks", "-f", file);

    /// <summary>Numbers in the log, in its order.</summary>
    public List<int> Stored()
    {
        using var reader = SqliteLogReader.Open(Data);
        return
        [
            .. reader.Batches("data_mqtt", 0, 0)
            .SelectMany(batch => batch)
            .Select(record => int.Parse(Encoding.UTF8.GetString(record.Value!.Value.Span))),
        ];
    }

    /// <summary>How many messages are stored.</summary>
    public long EndOffset()
    {
        using var reader = SqliteLogReader.Open(Data);
        return reader.EndOffset("data_mqtt");
    }

    public Task StoredAsync(int count) =>
        Eventually.TrueAsync(() => EndOffset() >= count, $"{count} messages are stored", TimeSpan.FromMinutes(2));

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        if (_broker is not null)
            await _broker.DisposeAsync();
        Folder.Dispose();
    }

    private async Task PublishAsync(string input, params string[] options)
    {
        string[] arguments = ["-p", $"{_port}", "-u", Mosquitto.User, "-P", Mosquitto.Password, .. options];
        using var process = Process.Start(
            new ProcessStartInfo(Programs.Find("mosquitto_pub"), arguments) { RedirectStandardInput = true })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
