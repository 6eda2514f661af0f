using System.Net;
using System.Text.Json.Nodes;
using SockSort.Testing;

namespace SockSort.Server.Tests.Ksql;

/// <summary>The disk is full: what the server says of itself is true, during it and after.</summary>
public sealed class StorageTroubleTests : IAsyncLifetime
{
    private const string Counts = "CREATE TABLE counts AS SELECT image, COUNT(*) AS n FROM socks GROUP BY image;";

    private readonly TempFolder _folder = new();
    private SmallDisk _disk = null!;
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _disk = await SmallDisk.MountAsync(_folder.File("data"), "8m");
        _server = await RunningServer.StartAsync(keptFolder: _folder);
        await _server.KsqlAsync("CREATE STREAM socks (image STRING) WITH (kafka_topic='socks', value_format='json', partitions=1); INSERT "
            + "INTO socks (image) VALUES ('Google');");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _disk.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task While_the_disk_is_full_states_and_health_say_so_and_afterwards_all_is_there()
    {
        _disk.Fill();

        var (status, answer) = await _server.PostAsync(
            "/ksql",
            new JsonObject
            {
                ["ksql"] = Counts,
                ["streamsProperties"] = new JsonObject { ["auto.offset.reset"] = "earliest" },
            }.ToJsonString());
        var (refused, second) = await _server.PostAsync(
            "/ksql", new JsonObject { ["ksql"] = "CREATE STREAM more AS SELECT image FROM socks;" }.ToJsonString());
        var during = await HealthAsync();
        var query = await QueryAsync();
        var error = Assert.Single(query["queryErrors"]!.AsArray())!;
        var metrics = await _server.Client.GetStringAsync("/metrics");

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.InternalServerError), (status, refused));
        Assert.Contains("the disk is full", (string)JsonNode.Parse(answer)!["message"]!);
        Assert.EndsWith("the statement is in force, and is kept as soon as it can be", (string)JsonNode.Parse(answer)!["message"]!);
        Assert.EndsWith("the statement was not run", (string)JsonNode.Parse(second)!["message"]!);
        Assert.Equal(
            (false, false, false),
            ((bool)during[
                "isHealthy"]!, (bool)during["details"]!["kafka"]!["isHealthy"]!, (bool)during["details"]!["queries"]!["isHealthy"]!));
        Assert.Contains("the disk is full", (string)during["details"]!["kafka"]!["message"]!);
        Assert.Equal(("ERROR", "SYSTEM"), ((string)query["state"]!, (string)error["type"]!));
        Assert.Contains("the disk is full", (string)error["errorMessage"]!);
        Assert.True((long)error["retryAt"]! > 0);
        Assert.Matches(@"socksort_log_in_trouble(\{[^}]*\})? 1\n", metrics);

        _disk.Free();
        await _server.PulledAsync("SELECT n FROM counts;", "[1]");

        Assert.True((bool)(await HealthAsync())["isHealthy"]!);
        Assert.Equal("RUNNING", (string)(await QueryAsync())["state"]!);
    }

    [Fact]
    public async Task What_was_made_while_the_disk_was_full_is_kept_once_there_is_room()
    {
        _disk.Fill();
        _ = await _server.PostAsync(
            "/ksql",
            new JsonObject
            {
                ["ksql"] = Counts,
                ["streamsProperties"] = new JsonObject { ["auto.offset.reset"] = "earliest" },
            }.ToJsonString());
        _disk.Free();
        await _server.PulledAsync("SELECT n FROM counts;", "[1]");
        await _server.DisposeAsync();

        _server = await RunningServer.StartAsync(keptFolder: _folder);

        Assert.Equal("CTAS_COUNTS_0", Assert.Single(_server.Engine.Snapshot().Queries).Id);
    }

    [Fact]
    public async Task Rows_that_find_no_room_are_answered_so_and_the_next_are_taken()
    {
        _disk.Fill();
        var (_, during) = await _server.PostAsync("/inserts-stream", "{\"target\": \"socks\"}\n{\"image\": \"Mongo\"}\n");
        _disk.Free();
        var (_, after) = await _server.PostAsync("/inserts-stream", "{\"target\": \"socks\"}\n{\"image\": \"Mongo\"}\n");

        Assert.Equal(("error", 50000), ((string)JsonNode.Parse(during)!["status"]!, (int)JsonNode.Parse(during)!["error_code"]!));
        Assert.Equal("{\"status\":\"ok\",\"seq\":0}\n", after);
    }

    private async Task<JsonNode> HealthAsync() => JsonNode.Parse(await _server.Client.GetStringAsync("/healthcheck"))!;

    private async Task<JsonNode> QueryAsync() => (await _server.KsqlAsync("EXPLAIN CTAS_COUNTS_0;"))[0]!["queryDescription"]!;
}
