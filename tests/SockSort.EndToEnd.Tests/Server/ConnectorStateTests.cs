using System.Text.Json.Nodes;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Server;

/// <summary>What the server says of a connector, over REST, in health, metrics and journal.</summary>
public sealed class ConnectorStateTests
{
    [Fact]
    public async Task A_broker_that_goes_and_comes_is_seen_everywhere()
    {
        await using var served = await ServedConnector.StartAsync();
        await served.StartServerAsync();
        _ = await served.KsqlAsync(served.Create());
        await served.StateAsync("RUNNING");
        Assert.True((bool)(await served.HealthAsync())["isHealthy"]!);
        _ = await served.Server.LineAsync(" connector mqtt-source: RUNNING");
        Assert.Contains(
            "socksort_connector_running{otel_scope_name=\"SockSort.Sql.Connectors\",connector=\"mqtt-source\"} 1",
            await served.MetricsAsync());

        await served.StopBrokerAsync();
        await served.StateAsync("FAILED");
        var described = await served.DescribeAsync();
        var health = await served.HealthAsync();
        var metrics = await served.MetricsAsync();
        _ = await served.Server.LineAsync(" connector mqtt-source: FAILED: .*mqtt://127.0.0.1");
        await served.StartBrokerAsync();
        await served.StateAsync("RUNNING");

        var (connector, task) = (described["status"]!["connector"]!, Assert.Single(described["status"]!["tasks"]!.AsArray())!);
        Assert.Equal(("FAILED", "FAILED", 0), ((string)connector["state"]!, (string)task["state"]!, (int)task["id"]!));
        Assert.Contains(served.BrokerUri, (string)task["trace"]!);
        Assert.Equal((string)connector["trace"]!, (string)described["lastError"]!);
        Assert.False((bool)health["isHealthy"]!);
        var failed = Assert.Single(health["details"]!["connectors"]!["inError"]!.AsArray())!;
        Assert.Equal(("mqtt-source", "FAILED"), ((string)failed["name"]!, (string)failed["state"]!));
        Assert.Contains("connector=\"mqtt-source\",state=\"FAILED\"} 1", metrics);
        Assert.Contains("connector=\"mqtt-source\",state=\"RUNNING\"} 0", metrics);
        Assert.True((bool)(await served.HealthAsync())["isHealthy"]!);
        await Eventually.TrueAsync(
            () => served.Server.Output.Split('\n').Count(line => line.Contains(" connector mqtt-source: RUNNING")) == 2,
            "it is told that it runs again");
    }

    [Fact]
    public async Task A_wrong_password_is_a_state_that_is_mended_in_the_file_alone()
    {
        await using var served = await ServedConnector.StartAsync();
        served.WritePassword("wrong-drawer-9");
        await served.StartServerAsync();
        _ = await served.KsqlAsync(served.Create());
        await served.StateAsync("FAILED");
        var described = (await served.DescribeAsync()).ToJsonString();

        served.WritePassword(Mosquitto.Password);
        await served.StateAsync("RUNNING");

        Assert.Contains("wrong user or password", described);
        Assert.DoesNotContain("wrong-drawer-9", described + served.Server.Output);
    }

    [Fact]
    public async Task A_start_without_the_secrets_file_waits_for_it()
    {
        await using var served = await ServedConnector.StartAsync();
        await served.StartServerAsync();
        _ = await served.KsqlAsync(served.Create());
        await served.StateAsync("RUNNING");
        await served.StopServerAsync();
        await served.PublishAsync(0, 10);
        File.Delete(served.Folder.File("broker.properties"));

        await served.StartServerAsync();
        await served.StateAsync("FAILED");
        _ = await served.Server.LineAsync(
            " connector mqtt-source: FAILED: connector 'mqtt-source': 'mqtt.password' asks for a secret of .*, which does not exist");
        served.WritePassword(Mosquitto.Password);
        await served.StoredAsync(10);

        Assert.Equal(Enumerable.Range(0, 10), served.Stored());
    }

    [Fact]
    public async Task A_paused_one_is_paused_after_a_start_and_resumes_with_what_the_broker_kept()
    {
        await using var served = await ServedConnector.StartAsync();
        await served.StartServerAsync();
        _ = await served.KsqlAsync(served.Create());
        await served.StateAsync("RUNNING");
        _ = await served.KsqlAsync("PAUSE CONNECTOR `mqtt-source`;");
        await served.StopServerAsync();
        await served.PublishAsync(0, 100);

        await served.StartServerAsync();
        Assert.Equal("PAUSED", await served.StateAsync());
        Assert.True((bool)(await served.HealthAsync())["isHealthy"]!);
        Assert.Empty(served.Stored());
        var restarted = await served.KsqlAsync("RESTART CONNECTOR `mqtt-source`;");
        var resumed = await served.KsqlAsync("RESUME CONNECTOR `mqtt-source`;");
        await served.StoredAsync(100);

        Assert.Equal(
            "Connector mqtt-source stays paused; RESUME CONNECTOR `mqtt-source` lets it go on",
            (string)restarted[0]!["commandStatus"]!["message"]!);
        Assert.Equal("connector/`mqtt-source`/resume", (string)resumed[0]!["commandId"]!);
        Assert.Equal(Enumerable.Range(0, 100), served.Stored());
    }

    [Fact]
    public async Task A_copied_folder_says_that_it_has_another_client_id_and_a_moved_one_can_take_it_back()
    {
        await using var served = await ServedConnector.StartAsync();
        await served.StartServerAsync();
        _ = await served.KsqlAsync(served.Create());
        await served.StateAsync("RUNNING");
        await served.StopServerAsync();
        var moved = served.Folder.File("moved");
        _ = Directory.CreateDirectory(moved);
        foreach (var file in Directory.GetFiles(served.Data))
            File.Copy(file, Path.Combine(moved, Path.GetFileName(file)));
        await served.PublishAsync(0, 10);

        await using (var copy = SocksortProcess.Start(
            ["server", "--listen", "http://127.0.0.1:0", "--data", moved, "--secrets", served.Folder.Path]))
        {
            _ = await copy.LineAsync("^note: connector 'mqtt-source': this data folder was copied or moved here, so the client id is "
                + "'socksort-connect-mqtt-source-[0-9a-f]{8}'.*--moved");
            _ = await copy.LineAsync(" connector mqtt-source: RUNNING");
            copy.PressCtrlC();
            Assert.Equal(0, await copy.EndAsync());
        }
        Directory.Delete(served.Data, recursive: true);
        await using var back = SocksortProcess.Start(
            ["server", "--listen", "http://127.0.0.1:0", "--data", moved, "--secrets", served.Folder.Path, "--moved"]);
        _ = await back.LineAsync(" connector mqtt-source: RUNNING");
        using var reader = Log.Sqlite.SqliteLogReader.Open(moved);

        await Eventually.TrueAsync(
            () => reader.FindTopic("data_mqtt") is not null && reader.EndOffset("data_mqtt") == 10, "what the broker kept is stored");
    }

    [Fact]
    public async Task A_dropped_one_leaves_nothing_in_health_and_is_told_as_not_running()
    {
        await using var served = await ServedConnector.StartAsync();
        await served.StopBrokerAsync();
        await served.StartServerAsync();
        _ = await served.KsqlAsync(served.Create());
        await served.StateAsync("FAILED");
        _ = await served.MetricsAsync();

        var dropped = await served.KsqlAsync(ServedConnector.Drop);

        Assert.Contains("could not be told to end the session", (string)Assert.Single(dropped[0]!["warnings"]!.AsArray())!["message"]!);
        Assert.True((bool)(await served.HealthAsync())["isHealthy"]!);
        Assert.Empty((JsonArray)(await served.KsqlAsync("SHOW CONNECTORS;"))[0]!["connectors"]!);
        Assert.Contains("connector=\"mqtt-source\",state=\"FAILED\"} 0", await served.MetricsAsync());
    }
}
