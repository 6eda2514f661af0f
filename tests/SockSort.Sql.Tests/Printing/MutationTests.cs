using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SockSort.Log.Memory;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;

namespace SockSort.Sql.Tests.Printing;

/// <summary>Broken statements are refused with a message: nothing else is thrown, and nothing takes for ever.</summary>
public class MutationTests
{
    // A statement takes milliseconds; this much only where the machine is busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] Strays =
    [
        "(", ")", "'", "`", ",", ";", "*", "->", "=>", ":=", "[", "]", "-", "/*", "--", "${x}", "99999999999999999999", "1e999", "SELECT",
        "FROM", "NOT", "\0", "é", "\u2028",
    ];

    private static readonly Gen<string> Broken =
        from text in StatementGenerator.Statement
        from steps in Gen.Choose(1, 4)
        from changes in Gen.Choose(0, int.MaxValue - 1).ArrayOf(steps)
        select changes.Aggregate(text, Change);

    [Property(MaxTest = 3000)]
    public Property A_broken_statement_is_read_or_refused_with_its_place() => Prop.ForAll(Broken.ToArbitrary(), text =>
    {
        try
        {
            _ = SqlParser.Parse(new("test.sql", text));
        }
        catch (SqlException error)
        {
            Assert.StartsWith("test.sql:", error.Message, StringComparison.Ordinal);
            Assert.Contains("\n  ", error.Message, StringComparison.Ordinal);
        }
    });

    [Property(MaxTest = 300)]
    public Property A_broken_statement_is_run_or_refused(int seed) =>
        Prop.ForAll(Gen.OneOf(Broken, StatementGenerator.Statement).ToArbitrary(), text =>
        {
            _ = seed;
            var run = Task.Run(() => RunAsync(text));

            Assert.True(run.Wait(Patience), $"still running: {text}");
        });

    private static async Task RunAsync(string text)
    {
        await using var engine = new SqlEngine(new MemoryLog(), new() { Clock = SqlClock.Stream });
        var session = new SqlSession();
        try
        {
            var script =
                "CREATE STREAM sock (image STRING KEY, SCORE DOUBLE, socks ARRAY<INT>, address STRUCT<street STRING>) WITH (KAFKA_TOPIC = "
                    + "'s', VALUE_FORMAT = 'JSON');\n"
                + "CREATE TABLE found_2 (image STRING PRIMARY KEY, SCORE DOUBLE) WITH (KAFKA_TOPIC = 't', VALUE_FORMAT = 'JSON');\n" + text;
            foreach (var statement in SqlParser.Parse(new("test.sql", script)))
                _ = await engine.ExecuteAsync(statement, session, TestContext.Current.CancellationToken);
            engine.RunUntilIdle();
        }
        catch (SqlException error)
        {
            Assert.NotEmpty(error.Problem);
        }
    }

    /// <summary>Takes a piece out, doubles it, cuts the rest off or puts something in.</summary>
    private static string Change(string text, int random)
    {
        var at = random / 7 % (text.Length + 1);
        var length = Math.Min(1 + (random / 3 % 6), text.Length - at);
        return (random % 5) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            2 => text[..at],
            _ => text.Insert(at, Strays[random / 5 % Strays.Length]),
        };
    }
}
