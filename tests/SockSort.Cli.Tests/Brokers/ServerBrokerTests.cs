using System.Diagnostics;
using System.Net;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Brokers;

/// <summary><c>socksort server</c> as the broker of cameras, with Mosquitto's client as the camera.</summary>
public sealed class ServerBrokerTests : IDisposable
{
    private const string Script = """
        CREATE SOURCE CONNECTOR source WITH (
            "connector.class" = 'MqttSourceConnector', "mqtt.server.uri" = '${file:/scripts/credentials.properties:MQTT_URI}',
            "mqtt.username" = '${file:/scripts/credentials.properties:MQTT_USERNAME}',
            "mqtt.password" = '${file:/scripts/credentials.properties:MQTT_PASSWORD}',
            "mqtt.topics" = 'sockfound', "kafka.topic" = 'data_mqtt');
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task With_two_commands_a_camera_elsewhere_reaches_the_log_over_TLS()
    {
        var (users, data) = (_folder.File("mqtt.users"), _folder.File("data"));
        var made = await CliRun.InvokeAsync("mqtt-passwd", users, "camera", "--password-file", _folder.Write("password", "s3cret\n"));
        await using var server = SocksortProcess.Start(
        [
            "server", "--listen", "http://127.0.0.1:0", "--data", data, "--secrets", data, "--queries", _folder.Write("sock.ksql", Script),
            "--mqtt-listen", "0.0.0.0:0", "--mqtt-users", users,
        ]);
        var rest = (await server.LineAsync(@"listening on (http://\S+);")).Groups[1].Value;
        var port = (await server.LineAsync(@"MQTT on mqtts://127\.0\.0\.1:(\d+), from other machines mqtts://")).Groups[1].Value;
        var trust = (await server.LineAsync(@"clients trust it by (\S+):")).Groups[1].Value;
        string[] camera =
        [
            "-h", Dns.GetHostName(), "-p", port, "-u", "camera", "-q", "1", "-t", "sockfound", "-m", "hello", "--cafile", trust,
        ];

        var right = await RunAsync("mosquitto_pub", [.. camera, "-P", "s3cret"]);
        var wrong = await RunAsync("mosquitto_pub", [.. camera, "-P", "wrong"]);
        _ = await server.LineAsync("broker: logins refused, without or with a wrong password: 1$");
        var metrics = await new HttpClient().GetStringAsync($"{rest}/metrics");
        var (_, record) = await SocksortProcess.RunAsync(
            ["topic", "print", "data_mqtt", "--from-beginning", "--exit-at-end", "--data", data]);

        Assert.Equal((0, 0, 4), (made.ExitCode, right, wrong));
        Assert.Equal("hello", record.Trim());
        Assert.Contains("socksort_broker_stored_total{otel_scope_name=\"SockSort.Mqtt.Broker\"} 1\n", metrics);
        Assert.DoesNotContain("s3cret", server.Output + await File.ReadAllTextAsync(users));
    }

    [Fact]
    public async Task Plain_text_beyond_this_machine_is_warned_of()
    {
        var users = _folder.Write("users", "camera:$6$c2FsdHNhbHRzYWx0$" + Convert.ToBase64String(new byte[64]) + "\n");

        await using var server = SocksortProcess.Start(
        [
            "server", "--listen", "http://127.0.0.1:0", "--data", _folder.File("data"),
            "--mqtt-listen", "0.0.0.0:0", "--mqtt-users", users, "--mqtt-no-tls",
        ]);

        _ = await server.LineAsync(
            @"^WARNING: the broker on 0\.0\.0\.0 speaks plain text: whoever is on the way reads passwords and messages \(--mqtt-no-tls\)$");
        _ = await server.LineAsync(@"MQTT on mqtt://127\.0\.0\.1:\d+, from other machines mqtt://");
    }

    private static async Task<int> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Programs.Find(program), arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
