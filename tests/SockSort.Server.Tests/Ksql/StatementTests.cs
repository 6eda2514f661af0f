using System.Net;
using System.Text.Json.Nodes;
using SockSort.Host.Listening;
using SockSort.Log;
using SockSort.Server.Ksql;
using SockSort.Testing;

namespace SockSort.Server.Tests.Ksql;

public sealed class StatementTests : IAsyncLifetime
{
    private const string Socks =
        "CREATE STREAM socks (id STRING KEY, image STRING, probability DOUBLE) WITH (kafka_topic='socks', "
            + "value_format='json', partitions=1);";
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Columns_are_described_as_written_and_selected_keys_first_and_headers_last()
    {
        await _server.KsqlAsync("""
            CREATE STREAM h (a BYTES HEADER('a'), v INT, k STRING KEY, w INT, all_of_them ARRAY<STRUCT<key STRING, value BYTES>> HEADERS)
              WITH (kafka_topic='h', value_format='json', partitions=1);
            ALTER STREAM h ADD COLUMN added INT;
            CREATE STREAM copy AS SELECT * FROM h;
            """);

        var described = (await _server.KsqlAsync("DESCRIBE h;"))[0]!["sourceDescription"]!["fields"]!.AsArray();
        var copied = (await _server.KsqlAsync("DESCRIBE copy;"))[0]!["sourceDescription"]!["fields"]!.AsArray();
        var (_, selected) = await _server.PostAsync("/query-stream", """{"sql": "SELECT * FROM h EMIT CHANGES LIMIT 0;"}""");

        Assert.Equal(
            ["A HEADER", "V", "K KEY", "W", "ALL_OF_THEM HEADER", "ADDED"],
            described.Select(field => $"{field!["name"]} {field["type"]}".TrimEnd()));
        string[] order = ["K", "V", "W", "ADDED", "A", "ALL_OF_THEM"];
        Assert.Equal(order, copied.Select(field => (string)field!["name"]!));
        Assert.Equal(order, JsonNode.Parse(selected.Split('\n')[0])!["columnNames"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public async Task Info_health_and_cluster_are_told()
    {
        var info = JsonNode.Parse(await _server.Client.GetStringAsync("/info"))!["KsqlServerInfo"]!;
        var health = JsonNode.Parse(await _server.Client.GetStringAsync("/healthcheck"))!;
        var cluster = JsonNode.Parse(await _server.Client.GetStringAsync("/clusterStatus"))!["clusterStatus"]!.AsObject();

        Assert.Equal(("default_", "RUNNING"), ((string)info["ksqlServiceId"]!, (string)info["serverStatus"]!));
        Assert.True((bool)health["isHealthy"]!);
        Assert.True((bool)Assert.Single(cluster).Value!["hostAlive"]!);
    }

    [Fact]
    public async Task A_created_stream_gets_a_command_a_number_and_a_place_in_the_list()
    {
        var created = Assert.Single(await _server.KsqlAsync(Socks))!;
        var listed = Assert.Single(await _server.KsqlAsync("LIST STREAMS;"))!;
        var status = JsonNode.Parse(await _server.Client.GetStringAsync("/status/stream/`SOCKS`/create"))!;

        Assert.Equal("currentStatus", (string)created["@type"]!);
        Assert.Equal("stream/`SOCKS`/create", (string)created["commandId"]!);
        Assert.Equal(
            ("SUCCESS", "Stream created"), ((string)created["commandStatus"]!["status"]!, (string)created["commandStatus"]!["message"]!));
        Assert.Equal(0, (long)created["commandSequenceNumber"]!);
        Assert.Equal("SUCCESS", (string)status["status"]!);
        Assert.Equal(
            """{"type":"STREAM","name":"SOCKS","topic":"socks","keyFormat":"KAFKA","valueFormat":"JSON","isWindowed":false}""",
            listed["streams"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task A_description_has_fields_with_schemas_and_the_queries_that_read_and_write()
    {
        await _server.KsqlAsync($"{Socks} CREATE TABLE counts AS SELECT image, COUNT(*) AS n FROM socks GROUP BY image EMIT CHANGES;");

        var socks = (await _server.KsqlAsync("DESCRIBE socks;"))[0]!["sourceDescription"]!;
        var counts = (await _server.KsqlAsync("DESCRIBE counts EXTENDED;"))[0]!["sourceDescription"]!;
        var queries = (await _server.KsqlAsync("SHOW QUERIES;"))[0]!["queries"]!.AsArray();

        Assert.Equal(
            ("ID", "KEY", "STRING"),
            ((string)socks[
                "fields"]![0]!["name"]!, (string)socks["fields"]![0]!["type"]!, (string)socks["fields"]![0]!["schema"]!["type"]!));
        Assert.Equal("CTAS_COUNTS_0", (string)socks["readQueries"]![0]!["id"]!);
        Assert.Equal("CTAS_COUNTS_0", (string)counts["writeQueries"]![0]!["id"]!);
        Assert.Contains("in 0, out 0", (string)counts["statistics"]!);
        Assert.Equal("RUNNING", (string)Assert.Single(queries)!["state"]!);
        Assert.Equal(
            ["IMAGE", "N"],
            (await _server.KsqlAsync("EXPLAIN CTAS_COUNTS_0;"))[0]!["queryDescription"]!["fields"]!.AsArray()
                .Select(field => (string)field!["name"]!));
    }

    [Fact]
    public async Task A_list_with_EXTENDED_describes_each_and_says_how_far_it_is_read()
    {
        await _server.KsqlAsync(
            $"{Socks} CREATE STREAM reds WITH (partitions=1) AS SELECT id, image FROM socks WHERE image = 'red' EMIT CHANGES;");
        await _server.KsqlAsync("INSERT INTO socks (id, image, probability) VALUES ('a', 'red', 0.9);");
        await Eventually.TrueAsync(
            async () => (await OffsetsAsync())["consumerOffset"]!.GetValue<long>() == 1, "the record was never read");

        var offsets = await OffsetsAsync();
        var query = Assert.Single((await _server.KsqlAsync("SHOW QUERIES EXTENDED;"))[0]!["queryDescriptions"]!.AsArray())!;
        var topics = (await _server.KsqlAsync("SHOW TOPICS EXTENDED;"))[0]!;

        Assert.Equal("""{"partition":0,"logStartOffset":0,"logEndOffset":1,"consumerOffset":1}""", offsets.ToJsonString());
        Assert.Equal(
            ("CSAS_REDS_0", "RUNNING", "PERSISTENT"), ((string)query["id"]!, (string)query["state"]!, (string)query["queryType"]!));
        Assert.Equal(["ID", "IMAGE"], query["fields"]!.AsArray().Select(field => (string)field!["name"]!));
        Assert.Equal("kafka_topics_extended", (string)topics["@type"]!);
        Assert.Equal(
            """{"name":"socks","replicaInfo":[1],"consumerCount":1,"consumerGroupCount":1}""",
            topics["topics"]!.AsArray().Single(topic => (string)topic!["name"]! == "socks")!.ToJsonString());

        async Task<JsonNode> OffsetsAsync()
        {
            var described = (await _server.KsqlAsync("SHOW STREAMS EXTENDED;"))[0]!["sourceDescriptions"]!.AsArray();
            var socks = described.Single(source => (string)source!["name"]! == "SOCKS")!;
            return socks["queryOffsetSummaries"]![0]!["topicSummaries"]![0]!["offsets"]![0]!;
        }
    }

    [Fact]
    public async Task A_function_is_described_by_its_forms_and_a_type_by_its_schema()
    {
        await _server.KsqlAsync("CREATE TYPE sock AS STRUCT<size INT, colours ARRAY<STRING>>;");

        var function = (await _server.KsqlAsync("DESCRIBE FUNCTION substring;"))[0]!;
        var types = (await _server.KsqlAsync("SHOW TYPES;"))[0]!["types"]!;

        Assert.Equal(
            ("describe_function", "SUBSTRING", "SCALAR"),
            ((string)function["@type"]!, (string)function["name"]!, (string)function["type"]!));
        var form = function["functions"]![0]!;
        Assert.Equal("STRING", (string)form["returnType"]!);
        Assert.Equal(("STRING", false), ((string)form["arguments"]![0]!["type"]!, (bool)form["arguments"]![0]!["isVariadic"]!));
        Assert.Equal("STRUCT", (string)types["SOCK"]!["type"]!);
        Assert.Equal("STRING", (string)types["SOCK"]!["fields"]![1]!["schema"]!["memberSchema"]!["type"]!);
    }

    [Fact]
    public async Task An_answer_does_not_repeat_a_connector_s_password()
    {
        const string Create =
            "CREATE SOURCE CONNECTOR c WITH ('connector.class'='none', 'mqtt.password'='drawer-7', 'mqtt.topics'='sockfound');";

        var (_, text) = await _server.PostAsync("/ksql", new JsonObject { ["ksql"] = Create }.ToJsonString());

        Assert.Equal(Create.Replace("drawer-7", "********"), (string)JsonNode.Parse(text)!["statementText"]!);
        Assert.DoesNotContain("drawer-7", text);
    }

    [Fact]
    public async Task The_cluster_is_named_as_for_access_rules()
    {
        var metadata = JsonNode.Parse(await _server.Client.GetStringAsync("/v1/metadata"))!;
        var id = JsonNode.Parse(await _server.Client.GetStringAsync("/v1/metadata/id"))!;

        Assert.Equal(
            """{"scope":{"path":[],"clusters":{"kafka-cluster":"socksort","ksql-cluster":"default_"}},"id":""}""", id.ToJsonString());
        Assert.Equal(id.ToJsonString(), metadata["clusterId"]!.ToJsonString());
    }

    [Fact]
    public async Task A_mistake_in_the_text_runs_nothing_and_is_shown_with_its_place()
    {
        var (status, text) = await _server.PostAsync(
            "/ksql", new JsonObject { ["ksql"] = $"{Socks}\nCREATE STREEM x (a INT);" }.ToJsonString());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(40001, (int)JsonNode.Parse(text)!["error_code"]!);
        Assert.Contains("statement:2:8: ", (string)JsonNode.Parse(text)!["message"]!);
        Assert.Empty((await _server.KsqlAsync("SHOW STREAMS;"))[0]!["streams"]!.AsArray());
    }

    [Fact]
    public async Task Of_statements_that_half_succeed_the_done_ones_are_told()
    {
        var (status, text) = await _server.PostAsync("/ksql", new JsonObject { ["ksql"] = $"{Socks} DROP STREAM shoes;" }.ToJsonString());

        var error = JsonNode.Parse(text)!;
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(("statement_error", "DROP STREAM shoes;"), ((string)error["@type"]!, (string)error["statementText"]!));
        Assert.Equal("stream/`SOCKS`/create", (string)Assert.Single(error["entities"]!.AsArray())!["commandId"]!);
    }

    [Theory]
    [InlineData("{", 400, "the body is not JSON")]
    [InlineData("[]", 400, "the body is an array, expected an object")]
    [InlineData("{}", 400, "field 'ksql' is missing")]
    [InlineData("""{"ksql": 7}""", 400, "field 'ksql' is a number, expected text")]
    [InlineData("""{"ksql": "SHOW STREAMS;", "streamsProperties": {"no.such": "x"}}""", 400, "no property 'no.such'")]
    [InlineData("""{"ksql": "SELECT * FROM s EMIT CHANGES;"}""", 400, "send it to /query-stream")]
    public async Task A_bad_request_is_an_error_entity_that_names_the_field(string body, int expected, string message)
    {
        var (status, text) = await _server.PostAsync("/ksql", body);

        Assert.Equal(expected, (int)status);
        Assert.Contains(message, (string)JsonNode.Parse(text)!["message"]!);
    }

    [Fact]
    public async Task A_request_waits_for_the_statement_whose_number_it_names()
    {
        var number = (long)(await _server.KsqlAsync(Socks))[0]!["commandSequenceNumber"]!;

        var (known, _) = await _server.PostAsync(
            "/ksql", new JsonObject { ["ksql"] = "SHOW STREAMS;", ["commandSequenceNumber"] = number }.ToJsonString());
        var (unknown, text) = await _server.PostAsync(
            "/ksql", new JsonObject { ["ksql"] = "SHOW STREAMS;", ["commandSequenceNumber"] = number + 1 }.ToJsonString());

        Assert.Equal((200, 503), ((int)known, (int)unknown));
        Assert.Equal(50301, (int)JsonNode.Parse(text)!["error_code"]!);
    }

    [Fact]
    public async Task The_root_leads_to_info_and_a_status_is_found_by_its_documented_name()
    {
        await _server.KsqlAsync(Socks);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = _server.Address };

        using var root = await client.GetAsync("/");
        var status = JsonNode.Parse(await client.GetStringAsync("/status/stream/SOCKS/create"))!;
        using var absent = await client.GetAsync("/status/stream/SHOES/create");

        Assert.Equal((307, "/info"), ((int)root.StatusCode, root.Headers.Location!.OriginalString));
        Assert.Equal("SUCCESS", (string)status["status"]!);
        Assert.Equal(404, (int)absent.StatusCode);
    }

    [Fact]
    public async Task All_counters_of_a_query_are_in_its_description_and_in_the_metrics()
    {
        await _server.KsqlAsync("""
            CREATE STREAM late (image STRING, n INT) WITH (kafka_topic='late', value_format='json', partitions=1);
            CREATE TABLE shown AS SELECT image, COUNT(*) AS n FROM late
              WINDOW TUMBLING (SIZE 1 SECONDS, GRACE PERIOD 0 SECONDS) GROUP BY image EMIT CHANGES;
            INSERT INTO late (ROWTIME, image, n) VALUES (100000, 'Google', 1);
            INSERT INTO late (ROWTIME, image, n) VALUES (1000, 'Google', 1);
            """);
        _ = _server.Log.Append("late", [NewRecord.Of(100000, null, "{\"image\": "u8.ToArray())]);
        var (statistics, errors) = ("", "");
        await Eventually.TrueAsync(() =>
        {
            var shown = _server.KsqlAsync("DESCRIBE shown EXTENDED;").Result[0]!["sourceDescription"]!;
            (statistics, errors) = ((string)shown["statistics"]!, (string)shown["errorStats"]!);
            return statistics.Contains("skipped 1, lag 0", StringComparison.Ordinal);
        }, "the wrong record is counted");
        var metrics = await _server.Client.GetStringAsync("/metrics");

        Assert.Matches(@"^CTAS_SHOWN_0: in \d+, out 1, late 1, skipped 1, lag 0, state bytes \d+$", statistics);
        Assert.StartsWith("CTAS_SHOWN_0: ", errors);
        string[] names =
            ["records_in_total", "rows_out_total", "records_late_total", "records_skipped_total", "lag", "state_bytes", "last_error"];
        foreach (var line in names)
            Assert.Matches($@"socksort_query_{line}\{{[^}}]*query=""CTAS_SHOWN_0""[^}}]*\}} [0-9]", metrics);
        Assert.Matches(@"socksort_query_records_late_total\{[^}]*\} 1\n", metrics);
    }

    [Fact]
    public async Task Too_large_a_body_and_paths_that_are_not_there_are_refused()
    {
        await using var small = await RunningServer.StartAsync(new KsqlServerOptions { MostBodyBytes = 1000 });

        var (large, _) = await small.PostAsync("/ksql", new JsonObject { ["ksql"] = new string(' ', 2000) }.ToJsonString());
        var (absent, _) = await small.PostAsync("/nowhere", "{}");
        var (terminate, _) = await small.PostAsync("/ksql/terminate", "{}");
        var (alive, _) = await small.PostAsync("/ksql", """{"ksql": "SHOW STREAMS;"}""");

        Assert.Equal([413, 404, 403, 200], [(int)large, (int)absent, (int)terminate, (int)alive]);
    }

    [Fact]
    public async Task A_read_only_server_takes_no_changes()
    {
        await using var server = await RunningServer.StartAsync(new KsqlServerOptions { IsReadOnly = true });

        var (change, text) = await server.PostAsync("/ksql", new JsonObject { ["ksql"] = Socks }.ToJsonString());
        var (look, _) = await server.PostAsync("/ksql", """{"ksql": "SHOW STREAMS;"}""");

        Assert.Equal((403, 200), ((int)change, (int)look));
        Assert.Contains("the server is read only", text);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Basic YW55Ym9keTpzZWNyZXQ=", 200)]
    [InlineData("Basic YW55Ym9keTp3cm9uZw==", 401)]
    [InlineData("Bearer secret", 200)]
    public async Task A_password_is_asked_for(string? authorization, int expected)
    {
        await using var server = await RunningServer.StartAsync(password: "secret");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/info");
        if (authorization is not null)
            request.Headers.Add("Authorization", authorization);

        using var response = await server.Client.SendAsync(request);

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Fact]
    public async Task Beyond_loopback_it_does_not_start_without_a_password()
    {
        var error = await Assert.ThrowsAsync<ListeningException>(
            () => KsqlServer.StartAsync(_server.Engine, _server.Commands, new KsqlServerOptions(), WebListening.At("http://0.0.0.0:0")));

        Assert.Contains("set a password, or listen on 127.0.0.1", error.Message);
    }

    [Fact]
    public async Task A_property_is_valid_or_named()
    {
        using var known = await _server.Client.GetAsync("/is_valid_property/auto.offset.reset");
        using var unknown = await _server.Client.GetAsync("/is_valid_property/no.such");

        Assert.Equal((200, "true"), ((int)known.StatusCode, await known.Content.ReadAsStringAsync()));
        Assert.Equal(400, (int)unknown.StatusCode);
    }

    [Fact]
    public async Task What_clients_have_made_is_there_after_a_restart_with_the_same_queries_and_their_state()
    {
        using var folder = new TempFolder();
        await using (var first = await RunningServer.StartAsync(keptFolder: folder))
        {
            await first.KsqlAsync($"{Socks} CREATE TABLE gone AS SELECT image, COUNT(*) AS n FROM socks GROUP BY image; DROP TABLE gone;");
            await first.KsqlAsync("SET 'auto.offset.reset'='earliest'; CREATE TABLE counts AS SELECT image, COUNT(*) AS n FROM socks GROUP "
                + "BY image; INSERT INTO socks (image) VALUES ('Google');");
            await first.PulledAsync("SELECT n FROM counts;", "[1]");
            await first.KsqlAsync("CREATE STREAM loud AS SELECT id, image FROM socks WHERE probability > 50; CREATE OR REPLACE STREAM loud "
                + "AS SELECT id, image FROM socks WHERE probability > 60;");
        }

        await using var second = await RunningServer.StartAsync(keptFolder: folder);
        await second.KsqlAsync("INSERT INTO socks (image) VALUES ('Google');");

        await second.PulledAsync("SELECT n FROM counts;", "[2]");
        Assert.Equal(["COUNTS", "LOUD", "SOCKS"], second.Engine.Snapshot().Sources.Select(source => source.Name));
        Assert.Equal(
            ["CTAS_COUNTS_1", "CSAS_LOUD_2"],
            second.Engine.Snapshot().Queries.Where(query => query.Sink is not null).Select(query => query.Id));
    }

    [Fact]
    public async Task Counters_of_each_query_are_told_to_Prometheus()
    {
        await _server.KsqlAsync($"{Socks} CREATE TABLE counts AS SELECT image, COUNT(*) AS n FROM socks GROUP BY image; INSERT INTO socks "
            + "(image) VALUES ('Google');");

        const string HasRead = """socksort_query_records_in_total\{[^}]*query="CTAS_COUNTS_0"[^}]*\} 1\n""";
        var text = "";
        await Eventually.TrueAsync(
            () =>
            {
                text = _server.Client.GetStringAsync("/metrics").Result;
                return text.Contains("socksort_query_rows_out_total{", StringComparison.Ordinal)
                    && System.Text.RegularExpressions.Regex.IsMatch(text, HasRead);
            },
            "the query has read a record");

        Assert.Contains("socksort_query_state_bytes", text);
    }
}
