using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Server;

/// <summary>The disk is full for a while: the server says so, and nothing is wrong after there is room again.</summary>
public sealed class FullDiskTests
{
    private const int Records = 40_000;

    [Fact]
    public async Task With_room_again_it_writes_what_it_would_have_written()
    {
        using var folder = new TempFolder();
        var whole = new ServedQueries(folder.File("whole"), Records);
        whole.Fill();
        await RunToEndAsync(whole, folder);
        // Room for the records, not for what the queries write.
        await using var disk = await SmallDisk.MountAsync(folder.File("disk"), "8m");
        var full = new ServedQueries(Path.Combine(disk.Folder, "data"), Records);
        full.Fill();

        await using (var server = await full.StartAsync(folder))
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ServedQueries.PortOf(server)}") };
            var error = "";
            await Eventually.TrueAsync(
                () => (error = ErrorOf(client)).Contains("full", StringComparison.Ordinal), "the error is shown", TimeSpan.FromMinutes(2));
            Assert.Contains("tried again at", error);
            Assert.False(IsHealthy(client));
            await disk.GrowAsync("256m");
            await Eventually.TrueAsync(() => full.IsDone, "all records are committed", TimeSpan.FromMinutes(5));
            Assert.True(IsHealthy(client));
            server.PressCtrlC();
            Assert.Equal(0, await server.EndAsync());
        }

        Assert.Equal(whole.Written(), full.Written());
    }

    private static bool IsHealthy(HttpClient client) => (bool)JsonNode.Parse(client.GetStringAsync("/healthcheck").Result)!["isHealthy"]!;

    private static string ErrorOf(HttpClient client)
    {
        using var answer = client.PostAsJsonAsync("/ksql", new { ksql = "DESCRIBE totals EXTENDED;" }).Result;
        return (string)JsonNode.Parse(answer.Content.ReadAsStringAsync().Result)![0]!["sourceDescription"]!["errorStats"]!;
    }

    private static async Task RunToEndAsync(ServedQueries queries, TempFolder folder)
    {
        await using var server = await queries.StartAsync(folder);
        await Eventually.TrueAsync(() => queries.IsDone, "all records are committed", TimeSpan.FromMinutes(5));
        server.PressCtrlC();
        Assert.Equal(0, await server.EndAsync());
    }
}
