using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SockSort.Log.Opening;

namespace SockSort.Bench.Mqtt;

/// <summary>
/// <c>socksort server</c> in a process of its own: broker, connector, log and the counts of a window, as <c>socksort run</c> has them.
/// </summary>
internal sealed partial class MqttServer : IAsyncDisposable
{
    private const string Records = "data_mqtt";

    // The code of a pull query that took too long.
    private const string TooBusy = "SQL0324";

    private const string Script = """
        SET 'auto.offset.reset' = 'earliest';
        CREATE SOURCE CONNECTOR source WITH (
            "connector.class" = 'MqttSourceConnector', "mqtt.server.uri" = '${file:/scripts/credentials.properties:MQTT_URI}',
            "mqtt.username" = '${file:/scripts/credentials.properties:MQTT_USERNAME}',
            "mqtt.password" = '${file:/scripts/credentials.properties:MQTT_PASSWORD}',
            "mqtt.topics" = 'sockfound', "kafka.topic" = 'data_mqtt',
            "value.converter" = 'org.apache.kafka.connect.converters.ByteArrayConverter');
        CREATE STREAM found (image VARCHAR, probability DOUBLE) WITH (kafka_topic = 'data_mqtt', value_format = 'json');
        CREATE TABLE counts AS SELECT image, COUNT(*) AS n FROM found WINDOW TUMBLING (SIZE 1 HOUR) GROUP BY image EMIT CHANGES;
        """;

    private readonly BenchProcess _process;
    private readonly HttpClient _client;
    private long _counted;

    private MqttServer(BenchProcess process, Uri rest, int port, string password) =>
        (_process, _client, Port, Password) = (process, new HttpClient { BaseAddress = rest }, port, password);

    public int Port { get; }

    public string User => "socksort";

    public string Password { get; }

    /// <inheritdoc cref="BenchProcess.Processor"/>
    public TimeSpan Processor => _process.Processor;

    /// <inheritdoc cref="BenchProcess.PeakBytes"/>
    public long PeakBytes => _process.PeakBytes;

    /// <exception cref="BenchException">It does not start.</exception>
    public static async Task<MqttServer> StartAsync(ProgramStart program, string data, CancellationToken cancellation)
    {
        var queries = Path.Combine(data, "counts.ksql");
        await File.WriteAllTextAsync(queries, Script, cancellation);
        var start = program(
        [
            "server", "--data", data, "--secrets", data, "--queries", queries, "--listen", "http://127.0.0.1:0", "--connect-listen", "off",
            "--mqtt-listen", "127.0.0.1:0",
        ]);
        return await BenchProcess.StartAsync(start, "the server", async process =>
        {
            var rest = await process.LineAsync(Listening(), cancellation);
            var broker = await process.LineAsync(Broker(), cancellation);
            var credentials = await File.ReadAllTextAsync(Path.Combine(data, "scripts", "credentials.properties"), cancellation);
            var password = PasswordLine().Match(credentials).Groups[1].Value;
            return new MqttServer(process, new Uri(rest), int.Parse(broker, CultureInfo.InvariantCulture), password);
        });
    }

    /// <summary>Asks its REST API.</summary>
    public HttpClient Client => _client;

    /// <summary>Runs statements.</summary>
    /// <exception cref="BenchException">The server refuses them.</exception>
    public async Task RunAsync(string statements, CancellationToken cancellation)
    {
        using var answer = await KsqlRequests.PostAsync(_client, "/ksql", new JsonObject { ["ksql"] = statements }, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"the server refuses a statement: {await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    /// <summary>Its metrics as they are now: each name with the sum of its values.</summary>
    public async Task<IReadOnlyDictionary<string, long>> MetricsAsync(CancellationToken cancellation)
    {
        var text = await _client.GetStringAsync("/metrics", cancellation);
        return MetricLine().Matches(text).GroupBy(line => line.Groups[1].Value).ToDictionary(
            lines => lines.Key, lines => lines.Sum(line => (long)double.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture)));
    }

    /// <summary>Messages in the counts; those of the last look where the server is too busy to give them.</summary>
    /// <exception cref="BenchException">The counts can't be read.</exception>
    public async Task<long> CountedAsync(CancellationToken cancellation)
    {
        var body = new JsonObject { ["sql"] = "SELECT image, n FROM counts;" };
        using var answer = await KsqlRequests.PostAsync(_client, "/query-stream", body, cancellation);
        var lines = (await answer.Content.ReadAsStringAsync(cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (answer.IsSuccessStatusCode)
            return _counted = lines.Skip(1).Sum(line => JsonNode.Parse(line)![1]!.GetValue<long>());
        return lines.Any(line => line.Contains(TooBusy, StringComparison.Ordinal))
            ? _counted
            : throw new BenchException($"the counts cannot be read: {lines.FirstOrDefault()}");
    }

    /// <summary>Records in the log of a server that has ended.</summary>
    public static long CountInLog(string data)
    {
        using var log = DataFolder.Open(data);
        return log.EndOffset(Records);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }

    [GeneratedRegex(@"^listening on (\S+);")]
    private static partial Regex Listening();

    [GeneratedRegex(@"^MQTT on mqtt://127\.0\.0\.1:(\d+)")]
    private static partial Regex Broker();

    // name{labels} value time
    [GeneratedRegex(@"^([a-z_]+)(?:\{[^}\n]*\})? (-?[0-9.]+(?:[eE][+-]?[0-9]+)?)", RegexOptions.Multiline)]
    private static partial Regex MetricLine();

    [GeneratedRegex("^MQTT_PASSWORD=(.*)$", RegexOptions.Multiline)]
    private static partial Regex PasswordLine();
}
