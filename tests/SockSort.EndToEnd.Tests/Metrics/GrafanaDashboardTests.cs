using System.Diagnostics;
using System.Text.Json.Nodes;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Metrics;

/// <summary>Every query of the Grafana dashboard has a value in a Prometheus that scrapes a running SockSort.</summary>
public sealed class GrafanaDashboardTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_query_of_the_dashboard_has_a_value()
    {
        var program = Programs.Find("prometheus");
        await using var run = SocksortProcess.Start(
            ["run", "--config", Configuration()], environment: new Dictionary<string, string> { ["XDG_DATA_HOME"] = _folder.Path });
        var sql = new Uri((await run.LineAsync(@"^SQL +(http://\S+)$")).Groups[1].Value);
        using var prometheus = Prometheus.Start(program, sql, _folder);

        foreach (var query in Queries())
            await Eventually.TrueAsync(() => prometheus.HasValueAsync(query), $"'{query}' has a value");
    }

    private static IEnumerable<string> Queries()
    {
        var dashboard = JsonNode.Parse(File.ReadAllText(Repository.PathOf("samples/grafana-socksort.json")))!;
        return dashboard["panels"]!.AsArray()
            .SelectMany(panel => panel!["targets"]?.AsArray() ?? [])
            .Select(target => (string)target!["expr"]!);
    }

    private string Configuration()
    {
        ColourModel.Package().Write(_folder.File("model.tar.gz"));
        Pictures.WriteFolder(Directory.CreateDirectory(_folder.File("desk")).FullName);
        _ = _folder.Write("queries.ksql", $"""
            SET 'auto.offset.reset' = 'earliest';
            {SockScripts.Connector("data_mqtt")}
            CREATE STREAM found (image STRING) WITH (KAFKA_TOPIC='data_mqtt', VALUE_FORMAT='JSON', PARTITIONS=1);
            CREATE TABLE heaps AS SELECT image, COUNT(*) AS n FROM found GROUP BY image EMIT CHANGES;
            """);
        return _folder.Write("run.yaml", """
            data: data
            model: model.tar.gz
            queries: queries.ksql
            broker: {listen: 127.0.0.1:0}
            listen: {sql: http://127.0.0.1:0, connect: off, view: off}
            cameras: [{source: desk, name: desk, fps: 10, loop: true}]
            """);
    }

    /// <summary>Debian's Prometheus, which scrapes one address each second.</summary>
    private sealed class Prometheus : IDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _client;

        private Prometheus(Process process, Uri address) => (_process, _client) = (process, new HttpClient { BaseAddress = address });

        public static Prometheus Start(string program, Uri scraped, TempFolder folder)
        {
            var file = folder.Write("prometheus.yml", $$"""
                scrape_configs:
                  - job_name: socksort
                    scrape_interval: 1s
                    static_configs: [{targets: ['{{scraped.Authority}}']}]
                """);
            var port = FreePort.Next();
            var process = Process.Start(new ProcessStartInfo(
                program,
                [
                    $"--config.file={file}", $"--storage.tsdb.path={folder.File("tsdb")}", $"--web.listen-address=127.0.0.1:{port}",
                    "--log.level=error",
                ]))!;
            return new Prometheus(process, new Uri($"http://127.0.0.1:{port}"));
        }

        /// <summary>Whether a query gives a finite number at this moment.</summary>
        public async Task<bool> HasValueAsync(string query)
        {
            try
            {
                var answer = await _client.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
                var found = JsonNode.Parse(answer)!["data"]!["result"]!.AsArray();
                return found.Any(series => double.TryParse((string?)series!["value"]![1], out var value) && double.IsFinite(value));
            }
            catch (HttpRequestException)
            {
                // It has not started yet.
                return false;
            }
        }

        public void Dispose()
        {
            _client.Dispose();
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
