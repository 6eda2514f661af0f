using SockSort.Sql.Engine.Settings;
using SockSort.Testing;

namespace SockSort.Sql.Engine.Tests;

/// <summary>The original's statements, as they are and put right for today.</summary>
public class SockScriptTests
{
    private static string Sample(string name) => File.ReadAllText(Repository.PathOf($"samples/{name}"));

    private static Task<SqlHost> StartAsync(string script, FakeConnectors? connectors = null) =>
        SqlHost.StartAsync(script, new() { Clock = SqlClock.Stream, Connectors = connectors ?? new() });

    private static void Show(SqlHost sql, string label, int frames, long from)
    {
        for (var i = 0; i < frames; i++)
            sql.Send("data_mqtt", $$"""{"image": "{{label}}", "probability": 97.5}""", from + (i * 250L));
    }

    [Fact]
    public async Task The_connector_gets_the_settings_of_the_script_unchanged()
    {
        var connectors = new FakeConnectors();

        await using var sql = await StartAsync(Sample("sock-original.ksql"), connectors);

        var settings = connectors.Made["mqtt-source"];
        Assert.Equal("${file:/scripts/credentials.properties:MQTT_URI}", settings["mqtt.server.uri"]);
        Assert.Equal("data_mqtt", settings["kafka.topic"]);
        Assert.Equal(11, settings.Count);
    }

    [Fact]
    public async Task Seven_frames_in_one_window_are_one_sock()
    {
        await using var sql = await StartAsync(Sample("sock.ksql"));

        Show(sql, "Google", frames: 7, from: 1_600_000_000_000);

        Assert.Equal(["Google,Un-matched,1", "Google,Un-matched,1", "Google,Un-matched,1", "Google,Un-matched,1"], sql.Rows());
    }

    [Fact]
    public async Task Two_windows_of_one_sock_are_a_pair_and_three_are_not()
    {
        await using var sql = await StartAsync(Sample("sock.ksql"));

        Show(sql, "Google", frames: 4, from: 1_600_000_000_000);
        Show(sql, "Google", frames: 4, from: 1_600_000_005_000);
        Show(sql, "Google", frames: 4, from: 1_600_000_010_000);

        Assert.Equal(["Google,Un-matched,1", "Google,Pair,2", "Google,Un-matched,3"], sql.Rows());
    }

    [Fact]
    public async Task Three_frames_are_not_enough_and_blanks_do_not_count()
    {
        await using var sql = await StartAsync(Sample("sock.ksql"));

        Show(sql, "Google", frames: 3, from: 1_600_000_000_000);
        Show(sql, "Blank", frames: 7, from: 1_600_000_005_000);

        Assert.Empty(sql.Rows());
    }

    [Fact]
    public async Task The_unchanged_script_pairs_blanks_too_for_its_label_is_lower_case()
    {
        await using var sql = await StartAsync(Sample("sock-original.ksql"));

        Show(sql, "Blank", frames: 4, from: 1_600_000_005_000);

        Assert.Equal(["Blank,Un-matched,1"], sql.Rows());
    }

    [Theory]
    [InlineData("sock-original.ksql", "02:26:40")]
    [InlineData("sock.ksql", "14:26:40")]
    public async Task Both_scripts_give_one_table_but_for_the_clock_of_last_seen(string script, string lastSeen)
    {
        await using var sql = await SqlHost.StartAsync(Sample(script), new() { Connectors = new FakeConnectors() });

        Show(sql, "Mongo", frames: 4, from: 1_600_000_000_000 + 7_200_000);

        Assert.Equal([$$"""{"LAST_SEEN":"{{lastSeen}}","WINDOW_START":1600007200000}"""], sql.Values("SOCK_STREAM_SMOOTHED"));
    }

    [Fact]
    public async Task A_record_that_is_no_JSON_is_skipped_counted_and_named()
    {
        await using var sql = await StartAsync(Sample("sock.ksql"));

        sql.Send("data_mqtt", "camera 1 is up");
        Show(sql, "Google", frames: 4, from: 1_600_000_000_000);

        var metrics = sql.Engine.Metrics()["CTAS_SOCK_STREAM_SMOOTHED_0"];
        Assert.Equal((5L, 1L, 1L), (metrics.Read, metrics.Skipped, metrics.Written));
        Assert.StartsWith("topic 'data_mqtt', offset 0: not JSON", metrics.LastError);
        Assert.Equal(["Google,Un-matched,1"], sql.Rows());
    }
}
