
namespace SockSort.Host.Tests.Configuration;

/// <summary>What is said of a configuration file that can't be used, and where.</summary>
public class MistakeTests
{
    [Theory]
    // Keys.
    [InlineData("cameras:\n  - source: x\n    sorce: y", "3:5: cameras[0].sorce: unknown key; nearest: source")]
    [InlineData("camera: x", "1:1: camera: unknown key; nearest: cameras")]
    [InlineData("log:\n  path: x", "2:3: log.path: unknown key; known: address")]
    [InlineData("auth: {openView: true}", "1:8: auth.openView: unknown key; nearest: open-view")]
    [InlineData("auth: {PASSWORD: a}", "1:8: auth.PASSWORD: unknown key; nearest: password")]
    [InlineData("model: a\ndata: b\nmodel: c", "3:1: model: is given twice, first on line 1; keep one of them")]
    [InlineData("auth:\n  password: a\n  password: b", "3:3: auth.password: is given twice, first on line 2; keep one of them")]
    [InlineData("? [a, b]\n: c", "1:3: holds a list or a mapping in place of a key; a key is a word")]
    [InlineData("cameras:\n  - name: a", "2:5: cameras[0].source: is missing; for example source: synthetic:1")]
    [InlineData("cameras: [~]", "1:11: cameras[0].source: is missing; for example source: synthetic:1")]
    // Types.
    [InlineData("model: [a]", "1:8: model: is a list; expected a path")]
    [InlineData("model: {a: b}", "1:8: model: is a mapping; expected a path")]
    [InlineData("cameras: {source: x}", "1:10: cameras: is a mapping; expected a list of cameras, each entry begins with '- '")]
    [InlineData("cameras:\n  source: x", "2:3: cameras: is a mapping; expected a list of cameras, each entry begins with '- '")]
    [InlineData("cameras: [x]", "1:11: cameras[0]: is a single value; expected keys: source, name, fps, loop, follow, frame-timeout, user, "
        + "password, topic, fields, publish-every, buffer, keep-frames, unknown")]
    [InlineData(
        "listen: on", "1:9: listen: is a single value; expected keys: sql, connect, view, view-resolution, endpoint, certificate, key")]
    [InlineData("retention: [a]", "1:12: retention: is a list; expected a mapping of topics")]
    [InlineData("retention: {a: 5d}", "1:16: retention.a: is a single value; expected keys: time, size")]
    // Empty values.
    [InlineData("model:", "1:7: model: is empty; expected a path")]
    [InlineData("model: ''", "1:8: model: is empty; expected a path")]
    [InlineData("model: ~", "1:8: model: is empty; expected a path")]
    [InlineData("cameras: [{source: x, fps: null}]", "1:28: cameras[0].fps: is empty; expected a number from 0 to 240")]
    [InlineData("queries: []", "1:10: queries: is an empty list; leave the key out")]
    [InlineData("listen: {sql: []}", "1:15: listen.sql: is an empty list; write off")]
    // Numbers, flags, durations, sizes, words.
    [InlineData("cameras: [{source: x, fps: 241}]", "1:28: cameras[0].fps: is '241'; expected a number from 0 to 240")]
    [InlineData("cameras: [{source: x, fps: -1}]", "1:28: cameras[0].fps: is '-1'; expected a number from 0 to 240")]
    [InlineData("cameras: [{source: x, fps: 4fps}]", "1:28: cameras[0].fps: is '4fps'; expected a number from 0 to 240")]
    [InlineData("cameras: [{source: x, fps: NaN}]", "1:28: cameras[0].fps: is 'NaN'; expected a number from 0 to 240")]
    [InlineData("cameras: [{source: x, loop: yes}]", "1:29: cameras[0].loop: is 'yes'; write true")]
    [InlineData("cameras: [{source: x, loop: Off}]", "1:29: cameras[0].loop: is 'Off'; write false")]
    [InlineData("cameras: [{source: x, loop: maybe}]", "1:29: cameras[0].loop: is 'maybe'; expected true or false")]
    [InlineData("cameras: [{source: x, frame-timeout: 10}]",
        "1:38: cameras[0].frame-timeout: is '10'; expected a duration as 500ms, 10s, 5m, 2h or 7d, from 1ms to 1d")]
    [InlineData("cameras: [{source: x, frame-timeout: 25h}]",
        "1:38: cameras[0].frame-timeout: is '25h'; expected a duration as 500ms, 10s, 5m, 2h or 7d, from 1ms to 1d")]
    [InlineData("cameras: [{source: x, frame-timeout: 0s}]",
        "1:38: cameras[0].frame-timeout: is '0s'; expected a duration as 500ms, 10s, 5m, 2h or 7d, from 1ms to 1d")]
    [InlineData("retention: {a: {size: 10Mb}}", "1:23: retention.a.size: is '10Mb'; expected a size as 500000, 500MB, 10MiB or 1GiB")]
    [InlineData("retention: {a: {size: 99999999999999999999GB}}",
        "1:23: retention.a.size: is '99999999999999999999GB'; expected a size as 500000, 500MB, 10MiB or 1GiB")]
    [InlineData("retention: {a/b: {size: 1}}",
        "1:13: retention.a/b: is no name that can be used; a topic's name has 1 to 249 letters, digits, '.', '_' and '-'")]
    [InlineData("logging: {level: loud}", "1:18: logging.level: is 'loud'; expected trace, debug, information, warning or error")]
    [InlineData("log: {address: 'kafka:broker'}",
        "1:16: log.address: is 'kafka:broker'; expected sqlite, or an address as kafka://broker.example:9092")]
    [InlineData("log: {address: 'kafka://broker?properties=~/k.properties'}",
        "1:16: log.address: is 'kafka://broker?properties=~/k.properties'; ~ is not expanded: write the whole path")]
    [InlineData("cameras: [{source: x, fields: [seq, third]}]",
        "1:37: cameras[0].fields[1]: is 'third'; expected camera, seq, ts, run, unknown, second, learnt or model")]
    [InlineData("cameras: [{source: x, publish-every: 0}]",
        "1:38: cameras[0].publish-every: is '0'; expected frame, change, or 0.001 to 86400 seconds")]
    [InlineData("cameras: [{source: x, fields: [seq, seq]}]",
        "1:37: cameras[0].fields[1]: is seq, which is there already; name each field once")]
    [InlineData("cameras: [{source: x, fields: seq}]",
        "1:31: cameras[0].fields: is a single value; expected a list of camera, seq, ts, run, unknown, second, learnt, model, each entry "
        + "begins with '- '")]
    [InlineData("mqtt: {topic: 'a/#'}", "1:15: mqtt.topic: is 'a/#'; expected a topic without + and #")]
    // Paths and addresses.
    [InlineData("data: ~/socks", "1:7: data: is '~/socks'; ~ is not expanded: write the whole path")]
    [InlineData("model-from: http://models.example/",
        "1:13: model-from: is 'http://models.example/'; expected a folder, or what addresses begin with: https://HOST/FOLDER/")]
    [InlineData("model-from: [~/models]", "1:14: model-from[0]: is '~/models'; ~ is not expanded: write the whole path")]
    [InlineData("cameras: [{source: ~/socks}]", "1:20: cameras[0].source: is '~/socks'; ~ is not expanded: write the whole path")]
    [InlineData("cameras: [{source: 'synthetic:one'}]",
        "1:20: cameras[0].source: is 'synthetic:one'; the seed is a whole number, as synthetic:1")]
    [InlineData("cameras: [{source: 'ftp://host/a'}]", "1:20: cameras[0].source: is 'ftp://host/a'; expected an address as "
        + "rtsp://HOST/PATH, rtmp://HOST/PATH or http://HOST/PATH (rtsps://, rtmps://, https:// too)")]
    [InlineData("listen: {sql: '127.0.0.1:8088'}", "1:15: listen.sql: is '127.0.0.1:8088'; expected an address as http://127.0.0.1:8088 or "
        + "https://0.0.0.0:4000 (0.0.0.0 = all)")]
    [InlineData("listen: {view: [https://127.0.0.1, https://socks.example]}", "1:36: listen.view[1]: is 'https://socks.example'; "
        + "expected an address as http://127.0.0.1:8088 or https://0.0.0.0:4000 (0.0.0.0 = all)")]
    [InlineData("listen: {sql: http://127.0.0.1:99999}", "1:15: listen.sql: is 'http://127.0.0.1:99999'; expected an address as "
        + "http://127.0.0.1:8088 or https://0.0.0.0:4000 (0.0.0.0 = all)")]
    [InlineData("broker: {listen: 1883}", "1:18: broker.listen: is '1883'; expected an address as 0.0.0.0:8883, 127.0.0.1, [::]:8883 "
        + "or ws://127.0.0.1:9001")]
    [InlineData("mqtt: {address: http://broker}", "1:17: mqtt.address: is 'http://broker'; expected an address as "
        + "mqtt://broker.example:1883 or mqtts://broker.example:8883")]
    [InlineData("mqtt: {address: 'mqtt://me:s3cret@broker'}",
        "1:17: mqtt.address: can't be used; write user and password as the keys user and password")]
    [InlineData("logging: {opentelemetry: 127.0.0.1:4317}",
        "1:26: logging.opentelemetry: is '127.0.0.1:4317'; expected an address as http://127.0.0.1:4317")]
    // Keys that need or exclude each other.
    [InlineData("broker: {listen: 127.0.0.1}\nmqtt: {address: mqtt://broker}",
        "2:17: mqtt.address: and broker exclude each other; leave out one of them: the broker is here, or elsewhere")]
    [InlineData("cameras: [{source: x, loop: true, follow: true}]",
        "1:29: cameras[0].loop: is true, and follow never ends: nothing begins again; leave out one of them")]
    [InlineData("cameras: [{source: 'browser:a b'}]",
        "1:20: cameras[0].source: is 'browser:a b'; the name has 1 to 40 letters, digits, '.', '_' or '-', as browser:desk")]
    [InlineData("cameras: [{source: synthetic:1, follow: true}]",
        "1:41: cameras[0].follow: is true, and source is no folder; only a folder takes new pictures as they come")]
    [InlineData("cameras: [{source: /dev/video0, password: a}]", "1:43: cameras[0].password: needs an address as source, as "
        + "rtsp://HOST/PATH; leave it out: a folder or a device has no users")]
    [InlineData("cameras: [{source: x, name: a}, {source: y, name: b}, {source: z, name: a}]",
        "1:73: cameras[2].name: is the name of cameras[0] too; give each camera a name of its own")]
    [InlineData("listen: {key: a}", "1:15: listen.key: needs certificate; name the file of the certificate that the key belongs to")]
    [InlineData("broker: {listen: 'ws://127.0.0.1'}", "1:18: broker.listen: names addresses for WebSockets only; add one without ws:// "
        + "for the parts of the process, as 127.0.0.1")]
    [InlineData("broker: {listen: [127.0.0.1, 'ws://0.0.0.0'], users: u}", "1:18: broker.listen: has ws://0.0.0.0, which speaks plain text "
        + "and can be reached from other machines; write wss:// in place of ws://, or say tls: false")]
    [InlineData("broker: {acl: a}", "1:15: broker.acl: needs users; name the password file of the users that it gives rights to")]
    [InlineData("broker: {key: a}", "1:15: broker.key: needs certificate; name the file of the certificate that the key belongs to")]
    [InlineData("broker: {tls: false, certificate: a}",
        "1:15: broker.tls: is false, and certificate is set: the two exclude each other; leave out one of them")]
    [InlineData("broker: {listen: '0.0.0.0:8883'}", "1:18: broker.listen: can be reached from other machines, and users is not set; "
        + "name the broker's users with users: FILE ('socksort mqtt-passwd FILE NAME' makes it), or listen on 127.0.0.1")]
    [InlineData("mqtt: {user: me}",
        "1:14: mqtt.user: needs address; it is of the broker that address names; the one in the process has broker.users")]
    [InlineData("listen: {sql: 'http://0.0.0.0:8088'}", "1:15: listen.sql: can be reached from other machines, and auth.password is "
        + "not set; set it, for example to ${env:SOCKSORT_PASSWORD}, or listen on 127.0.0.1")]
    [InlineData("listen: {view: 'https://[::]:4000'}", "1:16: listen.view: can be reached from other machines, and auth.password is "
        + "not set; "
        + "set it, for example to ${env:SOCKSORT_PASSWORD}, or listen on 127.0.0.1 (auth: {open-view: true} lets everybody watch)")]
    // Connectors.
    [InlineData("connectors: {a: {topics: b}}", "1:17: connectors.a.connector.class: is missing; for example connector.class: "
        + "FileStreamSink")]
    [InlineData("connectors: {a: {connector.class: b, topics: [c]}}",
        "1:46: connectors.a.topics: is a list; expected a text; write a list as a, b")]
    [InlineData("connectors: {a: {connector.class: b, topics: }}",
        "1:46: connectors.a.topics: is empty; leave the key out, or write '' for an empty text")]
    [InlineData("connectors: {a: b}",
        "1:17: connectors.a: is a single value; expected Kafka Connect's keys, as connector.class: FileStreamSink")]
    // What a message repeats is short, and nothing that a terminal obeys.
    [InlineData("\"\\e[31mred\": 1", "1:1: ?[31mred: unknown key; known: data, log, cameras, model, model-from, photos, broker, mqtt, "
        + "connectors, queries, query-threads, sorting, listen, auth, retention, logging")]
    [InlineData("model: \"a\\0b\"", "1:8: model: holds a line break or another control character; expected a path")]
    public void A_mistake_names_place_key_problem_and_what_would_be_right(string text, string mistake) =>
        Assert.Equal([$"socksort.yaml:{mistake}"], Written.Mistakes(text));

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_their_places()
    {
        var mistakes = Written.Mistakes("""
            modl: model.tar.gz
            cameras:
              - source: synthetic:1
                fps: fast
                loop: yes
              - fps: 500
            listen:
              sql: http://0.0.0.0:8088
            logging:
              levl: debug
            """);

        Assert.Equal(
            [
                "socksort.yaml:1:1: modl: unknown key; nearest: model",
                "socksort.yaml:4:10: cameras[0].fps: is 'fast'; expected a number from 0 to 240",
                "socksort.yaml:5:11: cameras[0].loop: is 'yes'; write true",
                "socksort.yaml:6:5: cameras[1].source: is missing; for example source: synthetic:1",
                "socksort.yaml:6:10: cameras[1].fps: is '500'; expected a number from 0 to 240",
                "socksort.yaml:8:8: listen.sql: can be reached from other machines, and auth.password is not set; set it, for example to "
                    + "${env:SOCKSORT_PASSWORD}, or listen on 127.0.0.1",
                "socksort.yaml:10:3: logging.levl: unknown key; nearest: level",
            ],
            mistakes);
    }

    [Fact]
    public void A_long_value_is_cut()
    {
        var mistake = Assert.Single(Written.Mistakes($"log: {{address: {new string('a', 5000)}}}"));

        Assert.Equal(
            $"socksort.yaml:1:16: log.address: is '{new string('a', 80)}…'; expected sqlite, or an address as kafka://broker.example:9092",
            mistake);
    }

    [Fact]
    public void In_place_of_a_value_that_cannot_be_used_the_default_is_read_for_later_checks()
    {
        var configuration = Written.Read("data: ~\ncameras: [{source: x, fps: fast}]").Configuration;

        Assert.Equal("/etc/socksort/socksort-data", configuration.Data);
        Assert.Equal(4, Assert.Single(configuration.Cameras).Fps);
    }
}
