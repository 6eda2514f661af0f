using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Sql.Engine.Tests.Statements;

/// <summary>PAUSE, RESUME and RESTART of connectors, and what DESCRIBE tells of one.</summary>
public class ConnectorStatementTests
{
    private const string Create = "CREATE SOURCE CONNECTOR `mqtt-source` WITH ('connector.class'='m', 'mqtt.password'='drawer-7');";

    private readonly FakeConnectors _connectors = new();

    [Theory]
    [InlineData("PAUSE CONNECTOR `mqtt-source`;", "pause mqtt-source", "Connector mqtt-source paused")]
    [InlineData("RESUME CONNECTOR IF EXISTS `mqtt-source`;", "resume mqtt-source", "Connector mqtt-source resumed")]
    [InlineData("RESTART CONNECTOR `mqtt-source`;", "restart mqtt-source", "Connector mqtt-source restarted")]
    [InlineData("PAUSE CONNECTOR 'mqtt-source';", "pause mqtt-source", "Connector mqtt-source paused")]
    [InlineData("DROP CONNECTOR 'mqtt-source';", "end mqtt-source", "Dropped connector \"mqtt-source\"")]
    [InlineData("PAUSE CONNECTOR IF EXISTS other;", "create mqtt-source", "Connector 'OTHER' does not exist.")]
    public async Task A_statement_about_a_connector_acts_on_it_and_says_so(string statement, string call, string message)
    {
        await using var sql = await StartAsync(Create + statement);

        Assert.Equal(call, _connectors.Calls[^1]);
        Assert.Equal(message, Assert.IsType<MessageResult>(sql.Results[^1]).Message);
    }

    [Theory]
    [InlineData("DROP CONNECTOR IF EXISTS other;", true)]
    [InlineData("CREATE SOURCE CONNECTOR IF NOT EXISTS `mqtt-source` WITH ('connector.class'='m');", true)]
    [InlineData("DROP CONNECTOR `mqtt-source`;", false)]
    public async Task What_did_nothing_and_is_no_mistake_is_a_warning(string statement, bool isWarning)
    {
        await using var sql = await StartAsync(Create + statement);

        Assert.Equal(isWarning, Assert.IsType<MessageResult>(sql.Results[^1]).IsWarning);
    }

    [Theory]
    [InlineData("PAUSE")]
    [InlineData("RESUME")]
    [InlineData("RESTART")]
    public async Task An_absent_connector_is_named_with_those_there_are(string action)
    {
        await using var sql = await StartAsync(Create);

        var error = await Assert.ThrowsAsync<SqlException>(() => sql.RunAsync($"{action} CONNECTOR mqtt;"));

        Assert.Equal(
            $"test.sql:1:{action.Length + 12}: there is no connector 'MQTT' [SQL0269]; connectors: mqtt-source",
            error.Message.Split('\n')[0]);
    }

    [Fact]
    public async Task A_query_is_paused_and_resumed_as_before_also_where_its_id_is_a_word_of_the_language()
    {
        await using var sql = await StartAsync(
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a FROM s;");

        await sql.RunAsync("PAUSE CSAS_Q_0;");
        var paused = Assert.Single(sql.Engine.Snapshot().Queries).State;
        await sql.RunAsync("RESUME CSAS_Q_0;");
        var error = await Assert.ThrowsAsync<SqlException>(() => sql.RunAsync("PAUSE `CONNECTOR`;"));

        Assert.Equal((QueryState.Paused, QueryState.Running), (paused, Assert.Single(sql.Engine.Snapshot().Queries).State));
        Assert.Contains("there is no query 'CONNECTOR'", error.Message);
    }

    [Fact]
    public async Task What_is_wrong_with_it_is_described_and_its_password_is_not()
    {
        _connectors.Trace = "mqtt://localhost:1883 refuses user 'sock': wrong user or password";
        await using var sql = await StartAsync(Create + "RESTART CONNECTOR `mqtt-source`; DESCRIBE CONNECTOR `mqtt-source`;");

        var restarted = Assert.IsType<MessageResult>(sql.Results[^2]);
        var described = Assert.IsType<ConnectorResult>(sql.Results[^1]);

        Assert.Equal([$"connector 'mqtt-source' has failed: {_connectors.Trace}"], restarted.Notes);
        Assert.Equal(
            $"""
            Name                 : mqtt-source
            Class                : m
            Type                 : source
            State                : FAILED
            Trace                : {_connectors.Trace}
            """.ReplaceLineEndings("\n"), described.Tables[0].Title);
        Assert.Equal(["mqtt.password", "********"], described.Tables[0].Rows[1]);
    }

    [Fact]
    public async Task A_setting_that_stands_twice_is_refused()
    {
        var error = await Assert.ThrowsAsync<SqlException>(
            () => StartAsync("CREATE SOURCE CONNECTOR c WITH ('connector.class'='m', 'connector.class'='n');"));

        Assert.Contains("the setting 'connector.class' stands twice", error.Message);
        Assert.Empty(_connectors.Calls);
    }

    private Task<SqlHost> StartAsync(string script) =>
        SqlHost.StartAsync(script, new() { Clock = SqlClock.Stream, Connectors = _connectors });
}
