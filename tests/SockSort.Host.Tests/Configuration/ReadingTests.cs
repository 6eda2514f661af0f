using Microsoft.Extensions.Logging;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Listening;
using SockSort.Host.Logging;

namespace SockSort.Host.Tests.Configuration;

/// <summary>What the values of a configuration mean.</summary>
public class ReadingTests
{
    [Fact]
    public void Without_a_word_everything_is_a_default()
    {
        var configuration = Read("");

        Assert.Equal("/etc/socksort/socksort-data", configuration.Data);
        Assert.Equal("sqlite", configuration.Log.Address);
        Assert.Empty(configuration.Cameras);
        Assert.Null(configuration.Model);
        Assert.Equal("127.0.0.1:1883", Shown(Assert.Single(configuration.Broker!.Listen)));
        Assert.True(configuration.Broker.Tls);
        Assert.Null(configuration.Mqtt.Address);
        Assert.Equal("sockfound", configuration.Mqtt.Topic);
        Assert.Empty(configuration.Connectors);
        Assert.Empty(configuration.Queries);
        Assert.Equal([WebAddress.Parse("http://127.0.0.1:8088")], configuration.Listen.Sql);
        Assert.Equal([WebAddress.Parse("https://127.0.0.1:4000")], configuration.Listen.View);
        Assert.Empty(configuration.Listen.Endpoint);
        Assert.Null(configuration.Auth.Password);
        Assert.Equal(new RetentionRule(), configuration.Retention.Of("data_mqtt"));
        Assert.Equal(new LoggingConfiguration { Level = LogLevel.Information }, configuration.Logging);
    }

    [Fact]
    public void A_camera_of_which_only_the_source_is_written_has_the_defaults()
    {
        var camera = Assert.Single(Read("cameras: [{source: synthetic:1}]").Cameras);

        Assert.Equal("synthetic:1", camera.Source);
        Assert.Null(camera.Name);
        Assert.Equal(4, camera.Fps);
        Assert.Equal((false, false, false), (camera.Loop, camera.Follow, camera.Unknown));
        Assert.Equal(TimeSpan.FromSeconds(10), camera.FrameTimeout);
        Assert.Equal((null, null), (camera.User, camera.Password));
        Assert.Equal("sockfound", camera.Topic);
        Assert.Equal(["camera", "seq", "ts", "run", "unknown", "second", "learnt"], camera.Fields);
        Assert.Equal(("frame", 64_000_000), (camera.PublishEvery, camera.BufferBytes));
    }

    [Fact]
    public void Every_key_of_a_camera_is_read()
    {
        var camera = Assert.Single(Read("""
            cameras:
              - source: rtsp://camera.example/stream
                name: desk
                fps: 12.5
                loop: true
                frame-timeout: 500ms
                user: me
                password: s3cret
                topic: socks/desk
                fields: []
                publish-every: 2.5
                buffer: none
                unknown: true
            """).Cameras);

        Assert.Equal(("rtsp://camera.example/stream", "desk", 12.5), (camera.Source, camera.Name, camera.Fps));
        Assert.Equal((true, true), (camera.Loop, camera.Unknown));
        Assert.Equal(TimeSpan.FromMilliseconds(500), camera.FrameTimeout);
        Assert.Equal(("me", "s3cret", "socks/desk"), (camera.User, camera.Password, camera.Topic));
        Assert.Empty(camera.Fields);
        Assert.Equal(("2.5", 0), (camera.PublishEvery, camera.BufferBytes));
    }

    [Theory]
    [InlineData("pictures", "/etc/socksort/pictures")]
    [InlineData("../pictures/", "/etc/pictures/")]
    [InlineData("/dev/video0", "/dev/video0")]
    [InlineData("http://camera.example/{user}?p={password}", "http://camera.example/{user}?p={password}")]
    [InlineData("synthetic:7", "synthetic:7")]
    [InlineData("browser", "browser")]
    [InlineData("browser:desk", "browser:desk")]
    public void A_path_of_a_source_begins_at_the_files_folder_and_an_address_stays(string written, string source) =>
        Assert.Equal(source, Assert.Single(Read($"cameras: [{{source: '{written}'}}]").Cameras).Source);

    [Theory]
    [InlineData("sqlite", null)]
    [InlineData("kafka://broker:9092", "kafka://broker:9092")]
    [InlineData("kafka://a,b?properties=k.properties&client.id=x", "kafka://a,b?properties=%2Fetc%2Fsocksort%2Fk.properties&client.id=x")]
    public void The_log_is_in_the_folder_or_on_kafka_with_a_properties_file_beside_the_configuration(string written, string? kafka) =>
        Assert.Equal(kafka, Read($"log: {{address: '{written}'}}").Log.Kafka);

    [Fact]
    public void Cameras_without_a_topic_take_the_one_of_mqtt()
    {
        var configuration = Read("cameras: [{source: a}, {source: b, topic: c}]\nmqtt: {topic: d}");

        Assert.Equal(["d", "c"], configuration.Cameras.Select(camera => camera.Topic));
    }

    [Theory]
    [InlineData("1ms", 0.001)]
    [InlineData("1.5s", 1.5)]
    [InlineData("5m", 300)]
    [InlineData("2h", 7200)]
    [InlineData("7d", 604_800)]
    [InlineData("2 h", 7200)]
    public void A_duration_has_a_unit(string written, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read($"retention: {{a: {{time: {written}}}}}").Retention.Of("a").Time);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("500000", 500_000)]
    [InlineData("500MB", 500_000_000)]
    [InlineData("1.5kB", 1500)]
    [InlineData("10MiB", 10_485_760)]
    [InlineData("1GiB", 1_073_741_824)]
    [InlineData("2TB", 2_000_000_000_000)]
    public void A_size_counts_by_thousands_or_by_1024(string written, long bytes) =>
        Assert.Equal(bytes, Read($"retention: {{a: {{size: {written}}}}}").Retention.Of("a").SizeBytes);

    [Fact]
    public void A_topic_takes_from_the_entry_default_what_its_own_leaves_out()
    {
        var retention = Read("""
            retention:
              a: {time: forever}
              default: {time: 7d, size: 1GB}
              b: {size: unlimited}
            """).Retention;

        Assert.Equal(new RetentionRule { Time = null, SizeBytes = 1_000_000_000 }, retention.Of("a"));
        Assert.Equal(new RetentionRule { Time = TimeSpan.FromDays(7), SizeBytes = null }, retention.Of("b"));
        Assert.Equal(new RetentionRule { Time = TimeSpan.FromDays(7), SizeBytes = 1_000_000_000 }, retention.Of("c"));
        Assert.Equal(["a", "b"], retention.Topics.Keys);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:", false)]
    [InlineData("localhost:0", "127.0.0.1:0", false)]
    [InlineData("::1", "::1:", false)]
    [InlineData("[::1]:1884", "::1:1884", false)]
    [InlineData("0.0.0.0:8883", "0.0.0.0:8883", true)]
    [InlineData("::", ":::", true)]
    public void A_broker_listens_where_it_is_told(string written, string shown, bool isBeyondLoopback)
    {
        var address = Assert.Single(Read($"broker: {{users: u, listen: '{written}'}}").Broker!.Listen);

        Assert.Equal((shown, isBeyondLoopback), (Shown(address), address.IsBeyondLoopback));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("model-from: none", "")]
    [InlineData("model-from: new", "/etc/socksort/new")]
    [InlineData("model-from: [/srv/models, https://models.example/socks/]", "/srv/models https://models.example/socks/")]
    public void Models_that_are_ordered_come_from_folders_and_addresses(string yaml, string? places)
    {
        var from = Read(yaml).ModelFrom;

        Assert.Equal(places, from is null ? null : string.Join(' ', from));
    }

    [Fact]
    public void Every_key_of_the_broker_is_read()
    {
        var broker = Read("broker: {listen: [127.0.0.1, '0.0.0.0:1884'], users: u, tls: false}").Broker!;
        var secure = Read("broker: {certificate: c.pem, key: /k.pem}").Broker!;

        Assert.Equal(["127.0.0.1:", "0.0.0.0:1884"], broker.Listen.Select(Shown));
        Assert.Equal(("/etc/socksort/u", false), (broker.Users, broker.Tls));
        Assert.Equal(("/etc/socksort/c.pem", "/k.pem"), (secure.Certificate, secure.Key));
    }

    [Theory]
    [InlineData("broker: none")]
    [InlineData("mqtt: {address: mqtt://broker.example}")]
    [InlineData("broker: none\nmqtt: {address: mqtt://broker.example}")]
    [InlineData("broker:\nmqtt: {address: mqtt://broker.example}")]
    public void There_is_no_broker_where_none_is_wanted_or_another_one_is_named(string text) => Assert.Null(Read(text).Broker);

    [Fact]
    public void Every_key_of_mqtt_is_read()
    {
        var mqtt = Read("mqtt: {address: 'mqtts://broker.example:8883', user: me, password: s3cret, version: 5, topic: a/b}").Mqtt;

        Assert.Equal(("mqtts://broker.example:8883", "me", "s3cret", "5", "a/b"),
            (mqtt.Address, mqtt.User, mqtt.Password, mqtt.Version, mqtt.Topic));
    }

    [Fact]
    public void Connectors_keep_their_order_and_each_value_as_it_is_written()
    {
        var connectors = Read("""
            connectors:
              second:
                connector.class: FileStreamSink
                tasks.max: 01
                flag: yes
                empty: ''
                password: ${file:/scripts/credentials.properties:PASSWORD}
              first: {connector.class: b}
            """).Connectors;

        Assert.Equal(["second", "first"], connectors.Select(connector => connector.Name));
        Assert.Equal(
            [
                new("connector.class", "FileStreamSink"), new("tasks.max", "01"), new("flag", "yes"), new("empty", ""),
                new("password", "${file:/scripts/credentials.properties:PASSWORD}"),
            ],
            connectors[0].Settings);
    }

    [Theory]
    [InlineData("queries: a.ksql", "/etc/socksort/a.ksql")]
    [InlineData("queries: [a.ksql, /b.ksql]", "/etc/socksort/a.ksql /b.ksql")]
    public void Queries_are_one_file_or_several(string text, string files) =>
        Assert.Equal(files.Split(' '), Read(text).Queries);

    [Fact]
    public void A_surface_listens_at_one_address_at_several_or_nowhere()
    {
        var listen = Read("""
            listen:
              sql: off
              view: ['https://localhost:0', 'http://[::1]:4001']
              endpoint: http://127.0.0.1:8080
            """).Listen;

        Assert.Empty(listen.Sql);
        Assert.Equal(["https://127.0.0.1:0", "http://[::1]:4001"], listen.View.Select(address => address.ToString()));
        Assert.Equal(["http://127.0.0.1:8080"], listen.Endpoint.Select(address => address.ToString()));
    }

    [Theory]
    [InlineData("listen: {sql: 'http://0.0.0.0:8088'}\nauth: {password: a}")]
    [InlineData("listen: {view: 'https://0.0.0.0:4000'}\nauth: {open-view: true}")]
    [InlineData("listen: {sql: 'http://127.0.0.2:8088', view: 'https://localhost:4000', endpoint: 'http://[::1]:8080'}")]
    public void Beyond_this_machine_listens_who_has_a_password_or_lets_everybody_watch(string text) =>
        Assert.Empty(Written.Mistakes(text));

    [Fact]
    public void Every_key_of_logging_is_read()
    {
        var logging = Read("logging: {level: trace, format: json, opentelemetry: 'http://127.0.0.1:4317'}").Logging;

        Assert.Equal((LogLevel.Trace, LogFormat.Json), (logging.Level, logging.Format));
        Assert.Equal(new Uri("http://127.0.0.1:4317"), logging.OpenTelemetry);
    }

    private static RunConfiguration Read(string text)
    {
        var result = Written.Read(text);
        Assert.Empty(result.Mistakes);
        return result.Configuration;
    }

    private static string Shown(BrokerListenAddress address) => $"{address.Address}:{address.Port}";
}
