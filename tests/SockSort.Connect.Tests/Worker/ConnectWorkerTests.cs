using System.Text;
using SockSort.Connect.Classes;
using SockSort.Log;
using SockSort.Testing;

namespace SockSort.Connect.Tests.Worker;

public class ConnectWorkerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task Every_message_is_stored_as_it_is_with_its_topic_as_key_and_five_headers(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind);
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration());
        await bench.ConnectedAsync("mqtt-source");

        _ = bench.Publisher.Publish("sockfound", """{"image": "Google", "probability": 97.42}""");
        _ = bench.Publisher.Publish("sockfound", "no JSON");
        _ = bench.Publisher.Publish("sockfound", new byte[] { 0xFF, 0x00 });
        await bench.Log.WaitForAsync("data_mqtt", 0, 2).WaitAsync(Limit);

        const string headers = "mqtt.qos=1 mqtt.retained=false mqtt.duplicate=false mqtt.topic=sockfound";
        Assert.Equal(
            [
                $$"""sockfound {"image": "Google", "probability": 97.42} {{headers}}""",
                $"sockfound no JSON {headers}",
                $"sockfound \uFFFD\0 {headers}",
            ], bench.Log.Read("data_mqtt", 0, 0).Select(Describe));
        // The record is seen an instant before it is counted.
        await Eventually.TrueAsync(() => bench.InfoOf("mqtt-source").Counts.Stored == 3, "three are counted as stored");
        var info = bench.InfoOf("mqtt-source");
        Assert.Equal((ConnectorState.Running, 3, 0, 0), (info.State, info.Counts.Received, info.Counts.Redelivered, info.Counts.Dropped));
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task Wrong_credentials_fail_the_connector_with_a_reason(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind, password: "wrong");
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration());

        await Eventually.TrueAsync(() => bench.InfoOf("mqtt-source").State == ConnectorState.Failed, "the connector has failed");

        var info = bench.InfoOf("mqtt-source");
        Assert.Equal($"{bench.Endpoint} refuses user '{bench.Endpoint.User}': wrong user or password", info.Trace);
        Assert.Equal(info.Trace, info.LastError);
    }

    [Fact]
    public async Task A_restart_reads_the_secrets_again()
    {
        await using var bench = await ConnectBench.StartAsync("embedded", password: "wrong");
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration());
        bench.WriteCredentials(bench.Endpoint.Password!);

        await bench.Worker.RestartAsync("mqtt-source");

        Assert.Equal((ConnectorState.Running, null), (bench.InfoOf("mqtt-source").State, bench.InfoOf("mqtt-source").Trace));
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task What_is_published_while_the_connector_is_paused_comes_after_it(string kind)
    {
        await using var bench = await ConnectBench.StartAsync(kind);
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration());
        await bench.ConnectedAsync("mqtt-source");
        _ = bench.Publisher.Publish("sockfound", "before");
        await bench.Log.WaitForAsync("data_mqtt", 0, 0).WaitAsync(Limit);

        await bench.Worker.PauseAsync("mqtt-source");
        Assert.Equal(ConnectorState.Paused, bench.InfoOf("mqtt-source").State);
        _ = bench.Publisher.Publish("sockfound", "meanwhile");
        await Eventually.TrueAsync(
            () => bench.Publisher.Status is { Acknowledged: 2 } or { Reconnects: > 0 }, "the message is at the broker, or refused");
        Assert.Equal(1, bench.Log.EndOffset("data_mqtt"));
        await bench.Worker.ResumeAsync("mqtt-source");
        await bench.Log.WaitForAsync("data_mqtt", 0, 1).WaitAsync(Limit);

        Assert.Equal(["before", "meanwhile"], bench.Values());
        await Eventually.TrueAsync(
            () => bench.InfoOf("mqtt-source") is { State: ConnectorState.Running, Counts.Stored: 2 }, "two are counted as stored");
    }

    [Fact]
    public async Task A_deleted_connector_leaves_nothing_but_its_records()
    {
        await using var bench = await ConnectBench.StartAsync("mosquitto");
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration());
        await bench.ConnectedAsync("mqtt-source");

        await bench.Worker.DeleteAsync("mqtt-source");
        _ = bench.Publisher.Publish("sockfound", "meanwhile");
        Assert.True(await bench.Publisher.FlushAsync(Limit));
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration());
        await bench.ConnectedAsync("mqtt-source");
        _ = bench.Publisher.Publish("sockfound", "after");
        await bench.Log.WaitForAsync("data_mqtt", 0, 0).WaitAsync(Limit);

        Assert.Equal(["after"], bench.Values());
        Assert.Equal("mqtt-source", Assert.Single(bench.Worker.List()).Name);
    }

    [Fact]
    public async Task The_listing_shows_placeholders_and_never_a_secret()
    {
        await using var bench = await ConnectBench.StartAsync("embedded");

        var info = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration());

        Assert.Equal("${file:/scripts/credentials.properties:MQTT_PASSWORD}", info.Configuration["mqtt.password"]);
        Assert.DoesNotContain(bench.Endpoint.Password!, string.Join(' ', info.Configuration.Values.Concat(info.Notes)));
    }

    [Fact]
    public async Task Keys_without_effect_are_noted()
    {
        await using var bench = await ConnectBench.StartAsync("embedded");

        var info = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration(
            ("confluent.topic.bootstrap.servers", "kafka:29092"), ("confluent.topic.replication.factor", "1"), ("mqtt.topic", "x"),
            ("mqtt.qos", "0")));

        Assert.Equal(
            [
                "not needed here and without effect: confluent.topic.bootstrap.servers, confluent.topic.replication.factor",
                "the key 'mqtt.topic' is unknown and has no effect; did you mean 'mqtt.topics'?",
                "mqtt.qos=0: what is published while the connector is away is not kept for it",
            ], info.Notes);
    }

    [Theory]
    [InlineData(
        "connector.class", null,
        "the key 'connector.class' is missing, for example 'connector.class'='io.confluent.connect.mqtt.MqttSourceConnector'")]
    [InlineData(
        "connector.class",
        "Nonsense",
        "there is no connector class 'Nonsense'; known: io.confluent.connect.mqtt.MqttSourceConnector, "
            + "io.confluent.connect.mqtt.MqttSinkConnector, io.confluent.connect.http.HttpSinkConnector, "
            + "org.apache.kafka.connect.file.FileStreamSinkConnector")]
    [InlineData("mqtt.topics", " ", "the key 'mqtt.topics' is missing, for example 'mqtt.topics'='sockfound'")]
    [InlineData(
        "mqtt.topics",
        "a/#/b",
        "the value of 'mqtt.topics' can't be used: topic filter 'a/#/b' is not allowed: '#' may only be its last level, and "
            + "'+' must be a whole level")]
    [InlineData("mqtt.server.uri", null, "the key 'mqtt.server.uri' is missing, for example 'mqtt.server.uri'='mqtt://localhost:1883'")]
    [InlineData(
        "mqtt.server.uri",
        "http://x",
        "the value of 'mqtt.server.uri' can't be used: the broker's address has the unknown scheme 'http'; write it as mqtt://host:1883, "
            + "or mqtts://host:8883 for TLS")]
    [InlineData("mqtt.qos", "3", "the value of 'mqtt.qos' is '3'; use a whole number from 0 to 2")]
    [InlineData("tasks.max", "many", "the value of 'tasks.max' is 'many'; use a whole number from 1 on")]
    [InlineData(
        "kafka.topic",
        "a b",
        "the value of 'kafka.topic' can't be used: topic name 'a b' is not allowed: use 1 to 249 letters, digits, '.', '_' or "
            + "'-', but not '.' or '..'")]
    [InlineData(
        "value.converter",
        "AvroConverter",
        "the value of 'value.converter' is 'AvroConverter'; known: org.apache.kafka.connect.storage.StringConverter, "
            + "org.apache.kafka.connect.converters.ByteArrayConverter, org.apache.kafka.connect.json.JsonConverter")]
    [InlineData(
        "kafka.topic", "_socksort_command_topic",
        "the value of 'kafka.topic' can't be used: topics whose names begin with _socksort_ are the program's own")]
    [InlineData(
        "errors.deadletterqueue.topic.name",
        "data_mqtt",
        "the value of 'errors.deadletterqueue.topic.name' is the connector's own topic; choose another one, or leave it out "
            + "for _socksort_dead_letters")]
    [InlineData(
        "errors.deadletterqueue.topic.name",
        "a b",
        "the value of 'errors.deadletterqueue.topic.name' can't be used: topic name 'a b' is not allowed: use 1 to 249 letters, digits, "
            + "'.', '_' or '-', but not '.' or '..'")]
    [InlineData(
        "errors.deadletterqueue.topic.name", "_socksort_command_topic",
        "the value of 'errors.deadletterqueue.topic.name' can't be used: topics whose names begin with _socksort_ are the program's own")]
    [InlineData("mqtt.version", "4", "the value of 'mqtt.version' is '4'; use 5, 3.1.1, 3.1 or auto")]
    [InlineData(
        "mqtt.message.max.bytes", "1023", "the value of 'mqtt.message.max.bytes' is '1023'; use a whole number from 1024 to 66977792")]
    [InlineData(
        "mqtt.message.max.bytes", "64MB", "the value of 'mqtt.message.max.bytes' is '64MB'; use a whole number from 1024 to 66977792")]
    [InlineData("mqtt.message.max.announce", "yes", "the value of 'mqtt.message.max.announce' is 'yes'; use true or false")]
    [InlineData(
        "mqtt.client.id",
        "a\nb",
        "the value of 'mqtt.client.id' can't be used: a client id has up to 65535 bytes and no control characters")]
    [InlineData("name", "other", "the value of 'name' is 'other'; leave it out or make it the connector's name")]
    public async Task A_wrong_configuration_is_refused_with_its_key(string key, string? value, string problem)
    {
        await using var bench = await ConnectBench.StartAsync("embedded");
        var configuration = bench.Configuration();
        _ = configuration.Remove(key);
        if (value is not null)
            configuration[key] = value;

        var error = await Assert.ThrowsAsync<ConnectException>(() => bench.Worker.CreateAsync("mqtt-source", configuration));

        Assert.Equal($"connector 'mqtt-source': {problem}", error.Message);
        Assert.Equal(key, error.Key);
        Assert.Empty(bench.Worker.List());
    }

    [Theory]
    [InlineData("MqttSourceConnector")]
    [InlineData("MqttSource")]
    public async Task A_short_class_name_will_do(string name)
    {
        await using var bench = await ConnectBench.StartAsync("embedded");

        var info = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration(("connector.class", name)));

        Assert.Equal(ConnectorState.Running, info.State);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await using var bench = await ConnectBench.StartAsync("embedded");
        _ = await bench.Worker.CreateAsync("mqtt-source", bench.Configuration());

        var taken = await Assert.ThrowsAsync<ConnectException>(() => bench.Worker.CreateAsync("mqtt-source", bench.Configuration()));
        var unknown = await Assert.ThrowsAsync<ConnectException>(() => bench.Worker.PauseAsync("other"));

        Assert.Equal("connector 'mqtt-source' exists; drop it first, or choose another name", taken.Message);
        Assert.Equal("there is no connector 'other'; connectors here: mqtt-source", unknown.Message);
    }

    private static string Describe(LogRecord record) =>
        $"{Text(record.Key)} {Text(record.Value)} "
            + $"{string.Join(' ', record.Headers.Skip(1).Select(header => $"{header.Name}={Text(header.Value)}"))}";

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);
}
