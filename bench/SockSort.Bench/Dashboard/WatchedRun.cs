using System.Globalization;
using System.Text.RegularExpressions;
using SockSort.Models.Package;
using SockSort.Mqtt;

namespace SockSort.Bench.Dashboard;

/// <summary>
/// <c>socksort run</c> with its dashboard, in a process of its own. Frames that count are published by <see cref="ShownSocks"/>.
/// </summary>
internal sealed partial class WatchedRun : IAsyncDisposable
{
    // What the camera sees goes elsewhere: nobody has taught its model anything.
    private const string Configuration = """
        data: data
        model: model.tar.gz
        queries: socks.ksql
        broker: {listen: 127.0.0.1:0}
        listen: {sql: http://127.0.0.1:0, connect: off, view: https://127.0.0.1:0}
        cameras:
          - {source: synthetic:1, name: desk, fps: 4, loop: true, topic: elsewhere}

        """;

    private const string Script = """
        CREATE SOURCE CONNECTOR IF NOT EXISTS socks WITH (
            "connector.class" = 'MqttSourceConnector', "mqtt.server.uri" = '${file:/scripts/credentials.properties:MQTT_URI}',
            "mqtt.username" = '${file:/scripts/credentials.properties:MQTT_USERNAME}',
            "mqtt.password" = '${file:/scripts/credentials.properties:MQTT_PASSWORD}',
            "mqtt.topics" = 'sockfound', "kafka.topic" = 'data_mqtt');

        """;

    private readonly BenchProcess _process;

    private WatchedRun(BenchProcess process) => _process = process;

    /// <summary>Asks its SQL server.</summary>
    public required HttpClient Sql { get; init; }

    /// <summary>The dashboard's address, with a slash at its end.</summary>
    public required Uri Dashboard { get; init; }

    /// <summary>Its broker.</summary>
    public required MqttEndpoint Broker { get; init; }

    /// <inheritdoc cref="BenchProcess.Processor"/>
    public TimeSpan Processor => _process.Processor;

    /// <inheritdoc cref="BenchProcess.Bytes"/>
    public long Bytes => _process.Bytes;

    /// <param name="program">Starts this program with arguments.</param>
    /// <param name="model">Classifies the camera's frames.</param>
    /// <param name="folder">A folder of its own.</param>
    /// <param name="cancellation">Cancels the start.</param>
    /// <exception cref="BenchException">It does not start.</exception>
    public static async Task<WatchedRun> StartAsync(
        ProgramStart program, ModelPackage model, string folder, CancellationToken cancellation)
    {
        model.Write(Path.Combine(folder, "model.tar.gz"));
        await File.WriteAllTextAsync(Path.Combine(folder, "socks.ksql"), Script, cancellation);
        var file = Path.Combine(folder, "socksort.yaml");
        await File.WriteAllTextAsync(file, Configuration, cancellation);
        return await BenchProcess.StartAsync(program(["run", "--config", file]), "the program", async process =>
        {
            var sql = await process.LineAsync(SqlLine(), cancellation);
            var broker = await process.LineAsync(BrokerLine(), cancellation);
            var dashboard = await process.LineAsync(DashboardLine(), cancellation);
            var secrets = await File.ReadAllTextAsync(Path.Combine(folder, "data", "scripts", "credentials.properties"), cancellation);
            return new WatchedRun(process)
            {
                Sql = new HttpClient { BaseAddress = new Uri(sql) },
                Dashboard = new Uri($"{dashboard}/"),
                Broker = new MqttEndpoint
                {
                    Host = "127.0.0.1",
                    Port = int.Parse(broker, CultureInfo.InvariantCulture),
                    User = UserLine().Match(secrets).Groups[1].Value,
                    Password = PasswordLine().Match(secrets).Groups[1].Value,
                },
            };
        });
    }

    public ValueTask DisposeAsync()
    {
        Sql.Dispose();
        return _process.DisposeAsync();
    }

    [GeneratedRegex(@"^SQL\s+(http://\S+)")]
    private static partial Regex SqlLine();

    [GeneratedRegex(@"^broker\s+MQTT on mqtt://127\.0\.0\.1:(\d+)")]
    private static partial Regex BrokerLine();

    [GeneratedRegex(@"^dashboard\s+(https://\S+)")]
    private static partial Regex DashboardLine();

    [GeneratedRegex("^MQTT_USERNAME=(.*)$", RegexOptions.Multiline)]
    private static partial Regex UserLine();

    [GeneratedRegex("^MQTT_PASSWORD=(.*)$", RegexOptions.Multiline)]
    private static partial Regex PasswordLine();
}
