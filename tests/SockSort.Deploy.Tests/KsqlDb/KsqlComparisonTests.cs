using SockSort.Deploy.KsqlDb;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Tests.KsqlDb;

/// <summary>Scripts beside statements as ksqlDB itself keeps them: qualified, with <c>*</c> spelled out and settings added.</summary>
public sealed class KsqlComparisonTests
{
    private const string SocksThere =
        "CREATE STREAM SOCKS (ID STRING KEY, IMAGE STRING, P DOUBLE) WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='socks', "
            + "KEY_FORMAT='KAFKA', PARTITIONS=4, REPLICAS=1, RETENTION_MS=604800000, VALUE_FORMAT='JSON');";

    private const string Socks =
        "create stream socks (id varchar key, image varchar, p double) with (kafka_topic='socks', value_format='json');\n";

    [Theory]
    [InlineData(
        "create table heaps as select image, count(*) as n from socks window tumbling (size 5 seconds) where p > 0.5 group by image;",
        "CREATE TABLE HEAPS WITH (CLEANUP_POLICY='compact,delete', KAFKA_TOPIC='HEAPS', PARTITIONS=4, REPLICAS=1, RETENTION_MS=604800000) "
            + "AS SELECT\n  SOCKS.IMAGE IMAGE,\n  COUNT(*) N\nFROM SOCKS SOCKS\nWINDOW TUMBLING ( SIZE 5 SECONDS )\nWHERE (SOCKS.P > 0.5)\n"
            + "GROUP BY SOCKS.IMAGE\nEMIT CHANGES;")]
    [InlineData(
        "create stream heaps as select * from socks;",
        "CREATE STREAM HEAPS WITH (CLEANUP_POLICY='delete', KAFKA_TOPIC='HEAPS', PARTITIONS=4, REPLICAS=1) AS SELECT SOCKS.ID ID, "
            + "SOCKS.IMAGE IMAGE, SOCKS.P P FROM SOCKS SOCKS EMIT CHANGES;")]
    public void What_ksqldb_has_rewritten_is_the_same(string here, string there)
    {
        var findings = Compare(Socks + here, [("SOCKS", SocksThere), ("HEAPS", there)]);

        Assert.Equal([(Presence.Same, ""), (Presence.Same, "")], findings.Select(finding => (finding.Presence, finding.Detail)));
    }

    [Theory]
    [InlineData("5 seconds", "6 seconds", "query: aggregate COUNT(*) by SOCKS.IMAGE, tumbling window of 5 SECONDS")]
    [InlineData("image, count(*)", "image, sum(p)", "columns: ")]
    [InlineData("p > 0.5", "p > 0.6", "query: filter (SOCKS.P > 0.5) here, filter (SOCKS.P > 0.6) there")]
    public void What_gives_something_else_differs(string here, string there, string difference)
    {
        const string Heaps =
            "create table heaps as select image, count(*) as n from socks window tumbling (size 5 seconds) where p > 0.5 group by image;";

        var findings = Compare(Socks + Heaps, [("SOCKS", SocksThere), ("HEAPS", Heaps.Replace(here, there))]);

        Assert.Equal(Presence.Differs, findings[1].Presence);
        Assert.Contains(difference, findings[1].Detail);
    }

    [Fact]
    public void An_expression_of_a_column_counts()
    {
        const string Twice = "create stream b as select id, p * 2 as q from socks;";

        var findings = Compare(Socks + Twice, [("SOCKS", SocksThere), ("B", Twice.Replace("2", "3"))]);

        Assert.Equal("query: project (SOCKS.P * 2) AS Q here, project (SOCKS.P * 3) AS Q there", findings[1].Detail);
    }

    [Fact]
    public void What_only_the_server_understands_is_compared_by_its_text()
    {
        const string Avro = "create stream a with (kafka_topic='a', value_format='avro');";

        var same = Compare(Avro, [("A", "create stream a\n  with (kafka_topic='a', value_format='avro')")]);
        var other = Compare(Avro, [("A", "create stream a with (kafka_topic='b', value_format='avro');")]);

        Assert.Equal(Presence.Same, same[0].Presence);
        Assert.Equal(Presence.Differs, other[0].Presence);
        Assert.Equal("its statement there has other words, and cannot be compared by its meaning", other[0].Detail);
    }

    [Fact]
    public void Partitions_that_both_state_count()
    {
        var findings = Compare(Socks.Replace("json'", "json', partitions=2"), [("SOCKS", SocksThere)]);

        Assert.Equal((Presence.Differs, "partitions: 2 here, 4 there"), (findings[0].Presence, findings[0].Detail));
    }

    [Fact]
    public void A_source_that_only_the_server_has_is_known_by_its_statement()
    {
        const string Big = "create stream big as select id, p from socks where p > 0.9;";

        var findings = Compare(Big, [("BIG", Big.Replace("from socks", "from socks socks")), ("SOCKS", SocksThere)]);

        Assert.Equal(Presence.Same, findings[0].Presence);
    }

    private static IReadOnlyList<Finding> Compare(string script, (string Name, string Sql)[] there)
    {
        var state = new KsqlServerState();
        foreach (var (name, sql) in there)
            state.Sources[name] = sql;
        return KsqlComparison.Of(KsqlScript.Read(new SourceText("socks.ksql", script)), state);
    }
}
