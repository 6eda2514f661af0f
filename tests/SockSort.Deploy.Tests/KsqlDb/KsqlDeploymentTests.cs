using SockSort.Client.Rest;
using SockSort.Deploy.KsqlDb;
using SockSort.Server.Ksql;
using SockSort.Server.Tests.Ksql;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Deploy.Tests.KsqlDb;

/// <summary>Scripts on a server of our own, over HTTP.</summary>
public sealed class KsqlDeploymentTests
{
    private const string Socks = """
        SET 'auto.offset.reset' = 'earliest';
        CREATE TYPE place AS STRUCT<shelf INT, room STRING>;
        CREATE STREAM socks (id STRING KEY, image STRING, probability DOUBLE, spot place)
          WITH (kafka_topic='socks', value_format='json', partitions=1);
        CREATE TABLE heaps AS
          SELECT image, COUNT(*) AS n FROM socks WINDOW TUMBLING (SIZE 5 SECONDS)
          WHERE image != 'Blank' GROUP BY image HAVING COUNT(*) > 3 EMIT CHANGES;
        CREATE STREAM sure (id STRING KEY, image STRING) WITH (kafka_topic='sure', value_format='json', partitions=1);
        INSERT INTO sure SELECT id, image FROM socks WHERE probability > 90 EMIT CHANGES;
        SELECT * FROM heaps EMIT CHANGES;
        """;

    [Fact]
    public async Task A_script_is_sent_statement_by_statement_and_its_queries_run()
    {
        await using var server = await RunningServer.StartAsync();

        var (report, told) = await ApplyAsync(server, Socks);

        Assert.Equal(
            [
                (2, "type PLACE", DeployOutcome.Made, ""),
                (3, "stream SOCKS", DeployOutcome.Made, ""),
                (5, "table HEAPS", DeployOutcome.Made, "query CTAS_HEAPS_0"),
                (8, "stream SURE", DeployOutcome.Made, ""),
                (9, "INSERT INTO SURE", DeployOutcome.Made, "query INSERTQUERY_1"),
                (10, "SELECT", DeployOutcome.PassedOver, "gives rows to who asks; 'socksort sql run' shows them"),
            ],
            told.Select(step => (step.Line, step.What, step.Outcome, step.Detail)));
        Assert.Equal([new("CTAS_HEAPS_0", "RUNNING"), new RunningPart("INSERTQUERY_1", "RUNNING")], report.Running);
        Assert.StartsWith($"{server.Address} (version ", report.Target);
        Assert.True(report.HasChanges);
    }

    [Fact]
    public async Task Sent_twice_nothing_changes_however_the_script_is_laid_out()
    {
        await using var server = await RunningServer.StartAsync();
        await ApplyAsync(server, Socks);

        var (again, _) = await ApplyAsync(server, Socks);
        var (other, _) = await ApplyAsync(
            server, Socks.Replace("FROM socks ", "FROM socks AS socks\n").Replace("SELECT image,", "select socks.image image,"));

        Assert.False(again.HasChanges || other.HasChanges);
        Assert.Equal(["CTAS_HEAPS_0", "INSERTQUERY_1"], other.Running.Select(query => query.Name));
    }

    [Fact]
    public async Task What_is_there_in_another_form_is_named_and_nothing_is_sent()
    {
        await using var server = await RunningServer.StartAsync();
        await ApplyAsync(server, Socks);
        var changed = Socks.Replace("> 3", "> 5").Replace("topic='sure'", "topic='certain'")
            .Replace("SET", "CREATE TYPE extra AS INT;\nSET");

        var refused = await Assert.ThrowsAsync<DeployException>(() => ApplyAsync(server, changed));
        var status = await Deployment(server, changed).StatusAsync(CancellationToken.None);

        Assert.Equal(DeployErrorKind.Differs, refused.Kind);
        Assert.Equal(
            """
            socks.ksql:6:1: table HEAPS is there in another form: query: filter (COUNT(*) > 5) here, filter (COUNT(*) > 3) there
            socks.ksql:9:1: stream SURE is there in another form: topic: certain here, sure there
            socks.ksql: nothing was sent; write CREATE OR REPLACE where it is to be replaced, or drop what is there first
            """,
            refused.Message.Replace(" (--remove, with the script that made it)", ""));
        Assert.Equal(
            [DeployOutcome.Absent, DeployOutcome.Unchanged, DeployOutcome.Unchanged, DeployOutcome.Differs, DeployOutcome.Differs],
            status.Steps.Take(5).Select(step => step.Outcome));
        Assert.True(status.HasTrouble);
    }

    [Fact]
    public async Task What_the_script_replaces_is_replaced()
    {
        await using var server = await RunningServer.StartAsync();
        const string One = "CREATE STREAM a (x INT) WITH (kafka_topic='a', value_format='json', partitions=1);\n";
        await ApplyAsync(server, $"{One}CREATE STREAM b AS SELECT x FROM a WHERE x > 1 EMIT CHANGES;");
        const string Other = $"{One}CREATE OR REPLACE STREAM b AS SELECT x FROM a WHERE x > 2 EMIT CHANGES;";

        var (first, _) = await ApplyAsync(server, Other);
        var (second, _) = await ApplyAsync(server, Other);

        Assert.Equal([DeployOutcome.Unchanged, DeployOutcome.Changed], first.Steps.Select(step => step.Outcome));
        Assert.False(second.HasChanges);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_done_and_does_nothing()
    {
        await using var server = await RunningServer.StartAsync();

        var plan = await Deployment(server, Socks).PlanAsync(CancellationToken.None);

        Assert.Equal(5, plan.Steps.Count(step => step.Outcome == DeployOutcome.Made));
        Assert.Empty(server.Engine.Snapshot().Sources);
    }

    [Fact]
    public async Task Removed_is_what_the_script_has_made_the_last_first_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync();
        await ApplyAsync(server, "CREATE STREAM other (x INT) WITH (kafka_topic='o', value_format='json', partitions=1);");
        await ApplyAsync(server, Socks);

        var would = await Deployment(server, Socks).RemoveAsync(isDryRun: true, _ => { }, CancellationToken.None);
        var before = server.Engine.Snapshot().Sources.Count;
        var removed = await Deployment(server, Socks).RemoveAsync(isDryRun: false, _ => { }, CancellationToken.None);
        var again = await Deployment(server, Socks).RemoveAsync(isDryRun: false, _ => { }, CancellationToken.None);

        Assert.Equal(
            ["INSERT INTO SURE", "stream SURE", "table HEAPS", "stream SOCKS", "type PLACE"], removed.Steps.Select(step => step.What));
        Assert.All(removed.Steps, step => Assert.Equal(DeployOutcome.Removed, step.Outcome));
        Assert.Equal(would.Steps, removed.Steps);
        Assert.Equal(4, before);
        Assert.Equal(["OTHER"], server.Engine.Snapshot().Sources.Select(source => source.Name));
        Assert.False(again.HasChanges);
    }

    [Fact]
    public async Task What_differs_is_not_removed()
    {
        await using var server = await RunningServer.StartAsync();
        await ApplyAsync(server, "CREATE STREAM a (x INT) WITH (kafka_topic='a', value_format='json', partitions=1);");
        const string Other = "CREATE STREAM a (x STRING) WITH (kafka_topic='a', value_format='json', partitions=1);";

        var removed = await Deployment(server, Other).RemoveAsync(isDryRun: false, _ => { }, CancellationToken.None);

        Assert.Equal([DeployOutcome.Differs], removed.Steps.Select(step => step.Outcome));
        Assert.True(removed.HasTrouble);
        Assert.Single(server.Engine.Snapshot().Sources);
    }

    [Fact]
    public async Task A_refused_statement_is_named_by_its_place_with_what_was_done_before_and_the_next_run_goes_on()
    {
        await using var server = await RunningServer.StartAsync();
        const string Right = "CREATE STREAM a (x INT) WITH (kafka_topic='a', value_format='json', partitions=1);\n";
        const string Script = Right + "CREATE STREAM b AS\n  SELECT y FROM a EMIT CHANGES;\n";

        var refused = await Assert.ThrowsAsync<DeployException>(() => ApplyAsync(server, Script));
        var (next, _) = await ApplyAsync(server, Script.Replace("y", "x"));

        Assert.Equal(DeployErrorKind.Refused, refused.Kind);
        Assert.StartsWith("socks.ksql:3:10: column 'Y' does not exist", refused.Message);
        Assert.EndsWith("1 of 2 changes were made before, and stay; put the script right and run the command again", refused.Message);
        Assert.Equal([DeployOutcome.Unchanged, DeployOutcome.Made], next.Steps.Select(step => step.Outcome));
    }

    [Fact]
    public async Task Properties_and_variables_reach_the_statements_behind_them()
    {
        await using var server = await RunningServer.StartAsync();

        var (report, _) = await ApplyAsync(server, """
            SET 'ksql.persistence.default.format.value' = 'JSON';
            DEFINE place = 'socks';
            CREATE STREAM a (x INT) WITH (kafka_topic='${place}', partitions=1);
            """);

        Assert.Equal([DeployOutcome.Made], report.Steps.Select(step => step.Outcome));
        Assert.Equal("socks", server.Engine.Snapshot().Source("A")!.Topic);
    }

    [Fact]
    public async Task A_server_that_is_not_there_and_a_wrong_password_are_told()
    {
        await using var server = await RunningServer.StartAsync(password: "secret");
        using var absent = new KsqlClient(new Uri($"http://127.0.0.1:{FreePort.Next()}"), null, null);
        using var wrong = new KsqlClient(server.Address, "anna", "guess");

        var (one, other) = (Deployment(absent, Socks), Deployment(wrong, Socks));
        var unreachable = await Assert.ThrowsAsync<DeployException>(() => one.ApplyAsync(_ => { }, CancellationToken.None));
        var refused = await Assert.ThrowsAsync<DeployException>(() => other.ApplyAsync(_ => { }, CancellationToken.None));

        Assert.Equal((DeployErrorKind.Unreachable, DeployErrorKind.Access), (unreachable.Kind, refused.Kind));
        Assert.Contains("cannot be reached", unreachable.Message);
        Assert.StartsWith($"{server.Address} refuses the user or the password (401: ", refused.Message);
        Assert.DoesNotContain("guess", refused.Message);
    }

    [Fact]
    public async Task A_read_only_server_refuses()
    {
        await using var server = await RunningServer.StartAsync(new KsqlServerOptions { IsReadOnly = true });

        var refused = await Assert.ThrowsAsync<DeployException>(() => ApplyAsync(server, Socks));

        Assert.Contains("the server is read only", refused.Message);
        Assert.EndsWith("nothing of the script was changed on the server", refused.Message);
    }

    private static async Task<(DeployReport Report, List<DeployStep> Told)> ApplyAsync(RunningServer server, string script)
    {
        var told = new List<DeployStep>();
        return (await Deployment(server, script).ApplyAsync(told.Add, CancellationToken.None), told);
    }

    private static KsqlDeployment Deployment(RunningServer server, string script) =>
        Deployment(new KsqlClient(server.Address, null, null), script);

    private static KsqlDeployment Deployment(KsqlClient client, string script) =>
        new(client, KsqlScript.Read(new SourceText("socks.ksql", script)), TimeSpan.FromSeconds(30));
}
