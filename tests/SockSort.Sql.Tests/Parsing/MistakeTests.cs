using System.Text;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Engine.Tests;
using SockSort.Testing;

namespace SockSort.Sql.Tests.Parsing;

/// <summary>What users get wrong, and what they are told: the messages of <c>mistakes.sql</c>, line by line.</summary>
public class MistakeTests
{
    private const string Folder = "tests/SockSort.Sql.Tests/Parsing";

    private const string Known = """
        CREATE STREAM found (sock STRING, score DOUBLE, seen TIMESTAMP, tags ARRAY<STRING>, box STRUCT<X INT>)
          WITH (KAFKA_TOPIC = 'found', VALUE_FORMAT = 'JSON');
        CREATE STREAM keyed (id INT KEY, v INT) WITH (KAFKA_TOPIC = 'keyed', VALUE_FORMAT = 'JSON');
        CREATE STREAM other (id INT KEY, w STRING) WITH (KAFKA_TOPIC = 'other', VALUE_FORMAT = 'JSON');
        CREATE TABLE socks (id STRING PRIMARY KEY, owner STRING) WITH (KAFKA_TOPIC = 'socks', VALUE_FORMAT = 'JSON');
        CREATE TABLE owners (name STRING PRIMARY KEY, age INT) WITH (KAFKA_TOPIC = 'owners', VALUE_FORMAT = 'JSON');
        CREATE SOURCE STREAM fixed (a INT) WITH (KAFKA_TOPIC = 'fixed', VALUE_FORMAT = 'JSON');
        CREATE STREAM windowed (id INT KEY, n BIGINT)
          WITH (KAFKA_TOPIC = 'windowed', VALUE_FORMAT = 'JSON', WINDOW_TYPE = 'TUMBLING', WINDOW_SIZE = '5 SECONDS');
        """;

    [Fact]
    public async Task Every_mistake_is_told_as_written_down()
    {
        var told = new StringBuilder();
        foreach (var statement in Mistakes())
            _ = told.Append($"{await MessageOfAsync(statement)}\n\n");

        Snapshot.Matches($"{Folder}/mistakes.txt", told.ToString());
    }

    [Fact]
    public async Task Every_message_has_a_place_a_caret_a_code_and_advice()
    {
        foreach (var statement in Mistakes())
        {
            var message = await MessageOfAsync(statement);

            Assert.Matches(@"^test\.sql:\d+:\d+: [^\n]+ \[SQL\d{4}\]; [^\n]+\n  [^\n]*\n +\^+$", message);
        }
    }

    private static IEnumerable<string> Mistakes() =>
        File.ReadLines(Repository.PathOf($"{Folder}/mistakes.sql"))
            .Where(line => line.Length > 0 && !line.StartsWith("--", StringComparison.Ordinal));

    private static async Task<string> MessageOfAsync(string statement)
    {
        await using var sql = await SqlHost.StartAsync(Known, new() { Clock = SqlClock.Stream });
        try
        {
            await sql.RunAsync(statement);
            return $"{statement}\n  no error";
        }
        catch (SqlException error)
        {
            return error.Message;
        }
    }
}
