using System.Text;
using SockSort.Sql.Engine;
using SockSort.Sql.Parsing;
using SockSort.Sql.Topics;
using SockSort.Testing;

namespace SockSort.Sql.Tests.Mistakes;

/// <summary>What users do wrong (<c>mistakes.sql</c>, a paragraph each) and what they are told (<c>mistakes.txt</c>).</summary>
public class MistakeTests
{
    private const string Folder = "tests/SockSort.Sql.Tests/Mistakes/";

    private const string Given = """
        CREATE STREAM found (image STRING, score DOUBLE, sizes ARRAY<INT>, place STRUCT<street STRING, house INT>) WITH (KAFKA_TOPIC = 'data_mqtt', VALUE_FORMAT = 'JSON');
        CREATE TABLE socks (id STRING PRIMARY KEY, owner STRING) WITH (KAFKA_TOPIC = 'socks', VALUE_FORMAT = 'JSON');
        CREATE TABLE owners (id STRING PRIMARY KEY, name STRING) WITH (KAFKA_TOPIC = 'owners', VALUE_FORMAT = 'JSON');
        """;

    [Fact]
    public async Task Every_mistake_gets_its_message()
    {
        var text = new StringBuilder();

        foreach (var mistake in Mistakes())
            _ = text.Append(mistake).Append('\n').Append(await MessageAsync(mistake)).Append("\n\n");

        Snapshot.Matches(Folder + "mistakes.txt", text.ToString());
    }

    [Fact]
    public async Task Every_message_has_a_place_a_caret_a_code_and_advice()
    {
        foreach (var mistake in Mistakes())
        {
            var message = await MessageAsync(mistake);

            Assert.Matches(@"^socks\.sql:\d+:\d+: [^\n]+ \[SQL\d{4}\]; [^\n]+\n  [^\n]*\n +\^+$", message);
        }
    }

    [Fact]
    public void There_are_a_hundred_mistakes_and_more() => Assert.InRange(Mistakes().Count, 100, 1000);

    private static List<string> Mistakes() => [.. File.ReadAllText(Repository.PathOf(Folder + "mistakes.sql")).ReplaceLineEndings("\n").Split("\n\n")
        .Select(paragraph => paragraph.Trim('\n')).Where(paragraph => !paragraph.StartsWith("--", StringComparison.Ordinal))];

    private static async Task<string> MessageAsync(string mistake)
    {
        await using var engine = new SqlEngine(new MemoryTopics(), new() { Clock = SqlClock.Stream });
        var session = new SqlSession();
        foreach (var statement in SqlParser.Parse(new("given.sql", Given)))
            _ = await engine.ExecuteAsync(statement, session, TestContext.Current.CancellationToken);
        try
        {
            var parser = new SqlParser(new("socks.sql", mistake), session.Variables);
            while (parser.Next() is { } statement)
                _ = await engine.ExecuteAsync(statement, session, TestContext.Current.CancellationToken);
            return "no error";
        }
        catch (SqlException error)
        {
            return error.Message;
        }
    }
}
