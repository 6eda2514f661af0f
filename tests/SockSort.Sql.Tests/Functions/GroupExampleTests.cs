using SockSort.Sql.Engine.Tests;
using SockSort.Sql.Functions;

namespace SockSort.Sql.Tests.Functions;

/// <summary>Every example of the aggregates and table functions is run.</summary>
public class GroupExampleTests
{
    public static TheoryData<string, string, string, string> Aggregates =>
        [
            .. FunctionRegistry.BuiltIn.Aggregates.SelectMany(function => function.Examples)
            .Select(example => (example.Call, example.Columns!, example.Rows!, example.Result)),
        ];

    public static TheoryData<string, string> Tables =>
        [.. FunctionRegistry.BuiltIn.Tables.SelectMany(function => function.Examples).Select(example => (example.Call, example.Result))];

    [Theory]
    [MemberData(nameof(Aggregates))]
    public async Task An_aggregate_gives_what_the_reference_says(string call, string columns, string rows, string result)
    {
        await using var sql = await SqlHost.StartAsync($"""
            CREATE STREAM t (id INT, {columns}) WITH (KAFKA_TOPIC = 't', VALUE_FORMAT = 'JSON');
            SELECT id, {call} AS result FROM t GROUP BY id EMIT CHANGES;
            """);

        foreach (var row in rows.Split("; "))
            await sql.RunAsync($"INSERT INTO t VALUES (1, {row});");
        sql.Engine.RunUntilIdle();

        Assert.Equal($"1,{result}", sql.Rows()[^1]);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_table_function_gives_what_the_reference_says(string call, string rows)
    {
        await using var sql = await SqlHost.StartAsync($"""
            CREATE STREAM t (id INT) WITH (KAFKA_TOPIC = 't', VALUE_FORMAT = 'JSON');
            SELECT {call} AS result FROM t EMIT CHANGES;
            INSERT INTO t VALUES (1);
            """);

        sql.Engine.RunUntilIdle();

        Assert.Equal(rows, string.Join("; ", sql.Rows()));
    }

    [Fact]
    public void Every_aggregate_and_table_function_has_an_example()
    {
        var without = FunctionRegistry.BuiltIn.Aggregates.Where(function => function.Examples.Count == 0).Select(function => function.Name)
            .Concat(FunctionRegistry.BuiltIn.Tables.Where(function => function.Examples.Count == 0).Select(function => function.Name));

        Assert.Empty(without);
    }
}
