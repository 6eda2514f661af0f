using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Log.Sqlite;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Sql.Engine.Tests.Queries;

/// <summary>What an engine logs of its queries.</summary>
public sealed class EngineLogTests : IAsyncDisposable
{
    private const string Query = "CSAS_Q_0";

    private const string Script = """
        CREATE STREAM s (a INT, t STRING) WITH (kafka_topic='s', value_format='json', partitions=1);
        CREATE STREAM q AS SELECT a, t FROM s;
        """;

    private readonly RecordedLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryLog _topics = new();
    private SqlEngine _engine;

    public EngineLogTests() => _engine = Open(_topics);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task A_query_s_life_is_logged_and_no_statement_s_text_is()
    {
        await RunAsync(Script + "PAUSE CSAS_Q_0; PAUSE CSAS_Q_0; RESUME CSAS_Q_0; RESUME CSAS_Q_0; TERMINATE CSAS_Q_0;");

        Assert.Equal([5001, 5004, 5005, 5006], _log.Ids);
        Assert.All(_log.Events, logged => Assert.Equal((LogLevel.Information, Query), (logged.Level, logged.Fields["Query"])));
        Assert.Equal("Q", _log.Events[0].Fields["Sink"]);
        Assert.DoesNotContain("SELECT", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_is_replaced_or_dropped_is_ended()
    {
        await RunAsync(Script + "CREATE OR REPLACE STREAM q AS SELECT a, t FROM s; DROP STREAM q;");

        Assert.Equal([5001, 5006, 5001, 5006], _log.Ids.Where(id => id != 5003));
    }

    [Fact]
    public async Task Bad_records_are_logged_with_their_place_at_once_and_then_once_a_minute()
    {
        await RunAsync(Script);

        Send("""{"a": 1}""", "{");
        _engine.AdvanceTime();
        Send("[");
        _engine.AdvanceTime();
        _time.Advance(TimeSpan.FromMinutes(1));
        _engine.AdvanceTime();
        _engine.AdvanceTime();

        Assert.Equal([5001, 5008, 5008], _log.Ids);
        var (first, second) = (_log.Events[1], _log.Events[2]);
        Assert.Equal((LogLevel.Warning, 1L, 0L), (first.Level, first.Fields["Skipped"], first.Fields["Missed"]));
        Assert.StartsWith("topic 's', offset 1: not JSON", (string)first.Fields["Problem"]!, StringComparison.Ordinal);
        Assert.Equal(2L, second.Fields["Skipped"]);
        Assert.StartsWith("topic 's', offset 2: ", (string)second.Fields["Problem"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_value_that_does_not_read_the_column_is_logged_and_not_the_value()
    {
        await RunAsync(Script);

        Send("""{"a": "p4yload"}""");
        _engine.AdvanceTime();

        Assert.Equal("topic 's', offset 0: field 'A' does not read as INTEGER", _log.Single(5008).Fields["Problem"]);
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_time_that_does_not_read_the_value_is_not_logged()
    {
        await RunAsync("""
            CREATE STREAM s (t STRING) WITH
              (kafka_topic='s', value_format='json', partitions=1, timestamp='T', timestamp_format='yyyy');
            CREATE STREAM q AS SELECT t FROM s;
            """);

        Send("""{"t": "p4yload"}""");
        _engine.AdvanceTime();

        Assert.Equal("topic 's', offset 0: its timestamp does not read", _log.Single(5008).Fields["Problem"]);
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_that_takes_too_much_memory_is_an_error()
    {
        await using var sql = await SqlHost.StartAsync(
            """
            CREATE STREAM s (id STRING KEY, a INT) WITH (KAFKA_TOPIC = 's', VALUE_FORMAT = 'JSON');
            CREATE TABLE t AS SELECT id, COUNT(*) AS n FROM s GROUP BY id;
            """,
            new() { Clock = SqlClock.Stream, MaxStateBytes = 10_000, Loggers = _log });

        var error = Record.Exception(() =>
        {
            for (var n = 0; n < 1000; n++)
                sql.Send("s", """{"a": 1}""", n, $"p4yload {n}");
        });

        Assert.IsType<SqlException>(error);
        var failed = _log.Single(5007);
        Assert.Equal((LogLevel.Error, "CTAS_T_0"), (failed.Level, failed.Fields["Query"]));
        Assert.StartsWith("query CTAS_T_0 was ended: the state of all queries", $"{failed.Fields["Problem"]}", StringComparison.Ordinal);
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_who_does_not_read_is_logged_as_the_end_of_its_query()
    {
        await RunAsync("CREATE STREAM s (a INT, t STRING) WITH (kafka_topic='s', value_format='json', partitions=1);");
        var push = (PushResult)await ExecuteAsync("SELECT * FROM s EMIT CHANGES;");
        Send([.. Enumerable.Repeat("""{"t": "p4yload"}""", 40_000)]);

        _engine.AdvanceTime();
        _time.Advance(TimeSpan.FromMinutes(1));
        _engine.AdvanceTime();

        var ended = _log.Single(5009);
        Assert.Equal((LogLevel.Warning, push.Query.Id), (ended.Level, ended.Fields["Query"]));
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_logged_once_and_again_when_it_can()
    {
        using var folder = new TempFolder();
        await using var disk = await SmallDisk.MountAsync(folder.File("data"), "8m");
        await using var log = SqliteLog.Open(folder.File("data"));
        await _engine.DisposeAsync();
        _engine = Open(log);
        await RunAsync(Script);

        disk.Fill();
        _ = await Assert.ThrowsAsync<LogException>(() => ExecuteAsync("CREATE STREAM r AS SELECT a FROM s;"));
        _time.Advance(TimeSpan.FromSeconds(2));
        _ = Assert.Throws<LogException>(_engine.RunUntilIdle);
        disk.Free();
        _time.Advance(TimeSpan.FromSeconds(2));
        _engine.RunUntilIdle();

        Assert.Equal([5001, 5001, 5010, 5011], _log.Ids.Where(id => id is not 5003));
        Assert.Equal((LogLevel.Error, LogLevel.Information), (_log.Single(5010).Level, _log.Single(5011).Level));
        Assert.Contains("the disk is full", (string)_log.Single(5010).Fields["Problem"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_start_the_queries_that_go_on_are_logged_and_not_those_that_were_ended()
    {
        var commands = new CommandLog(_engine, _topics);
        foreach (var statement in Parse(Script + "CREATE STREAM gone AS SELECT a FROM s; TERMINATE CSAS_GONE_1; DROP STREAM gone;"))
            _ = await commands.ExecuteAsync(statement, new SqlSession(), TestContext.Current.CancellationToken);
        await _engine.DisposeAsync();
        var before = _log.Ids.Count;

        _engine = Open(_topics);
        _ = await new CommandLog(_engine, _topics).ReplayAsync(TestContext.Current.CancellationToken);

        var after = Assert.Single(_log.Events.Skip(before));
        Assert.Equal((5002, Query), (after.Id, after.Fields["Query"]));
    }

    [Fact]
    public async Task What_was_kept_of_another_statement_is_a_warning()
    {
        await RunAsync("CREATE STREAM s (a INT, t STRING) WITH (kafka_topic='s', value_format='json', partitions=1);"
            + "CREATE TABLE q AS SELECT t, COUNT(*) AS n FROM s GROUP BY t;");
        Send("""{"a": 1, "t": "x"}""");
        await _engine.DisposeAsync();

        _engine = Open(_topics);
        await RunAsync("CREATE STREAM s (a INT, t STRING) WITH (kafka_topic='s', value_format='json', partitions=1);"
            + "CREATE TABLE q AS SELECT t, SUM(a) AS n FROM s GROUP BY t;");

        var rebuilt = _log.Single(5003);
        Assert.Equal((LogLevel.Warning, "CTAS_Q_0"), (rebuilt.Level, rebuilt.Fields["Query"]));
    }

    [Fact]
    public void An_error_of_others_is_logged_by_its_type_alone()
    {
        var foreign = new FormatException("The input string 'p4yload' was not in a correct format.");

        var text = EngineLog.TextOf(QueryErrors.RecordFailed("s", 7, foreign));

        Assert.Equal("it can't be worked on (FormatException) [SQL0301]", text);
    }

    [Fact]
    public void An_error_that_ends_all_queries_is_logged_by_its_type_and_place()
    {
        var log = new EngineLog(_log.CreateLogger("engine"), _time);

        try
        {
            _ = int.Parse("p4yload", System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (FormatException error)
        {
            log.EngineFailed(error);
        }

        var failed = _log.Single(5012);
        Assert.Equal((LogLevel.Error, "FormatException"), (failed.Level, failed.Fields["Error"]));
        Assert.Contains("EngineLogTests", (string)failed.Fields["Stack"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Statement> Parse(string script) => [.. SqlParser.Parse(new SourceText("test", script))];

    private SqlEngine Open(ILog log) => new(log, new() { KeepsState = true, Clock = SqlClock.Stream, Time = _time, Loggers = _log });

    private void Send(params string[] values)
    {
        _ = _topics.Append("s", [.. values.Select(value => NewRecord.Of(0, null, Encoding.UTF8.GetBytes(value)))]);
        _engine.RunUntilIdle();
    }

    private Task<StatementResult> ExecuteAsync(string statement) => _engine.ExecuteAsync(Parse(statement)[0], new SqlSession());

    private async Task RunAsync(string script)
    {
        foreach (var statement in Parse(script))
            _ = await _engine.ExecuteAsync(statement, new SqlSession());
    }
}
