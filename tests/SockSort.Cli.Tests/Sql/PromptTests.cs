using SockSort.Testing;
using static SockSort.Testing.TerminalProcess;

namespace SockSort.Cli.Tests.Sql;

/// <summary>The prompt as a person uses it, at a terminal.</summary>
public sealed class PromptTests : IAsyncLifetime
{
    private const string Prompt = "ksql> ";

    private readonly TempFolder _folder = new();
    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(_folder.File("data"));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_statement_over_several_lines_is_run_when_its_semicolon_comes()
    {
        await using var prompt = await OpenAsync();

        var first = await prompt.TypeAsync($"CREATE STREAM socks (id STRING KEY, image STRING){Enter}", until: "\n    > ");
        await prompt.TypeAsync($"  WITH (kafka_topic='socks', value_format='json', partitions=1);{Enter}", until: "Stream created");

        Assert.DoesNotContain("Stream created", first);
        Assert.Equal(0, await ExitAsync(prompt));
    }

    [Fact]
    public async Task Lines_of_earlier_come_back_with_the_arrow_also_at_the_next_prompt()
    {
        await using (var first = await OpenAsync())
        {
            await first.TypeAsync($"SHOW STREAMS;{Enter}", until: "Stream Name");
            await first.TypeAsync($"SHOW TABLES;{Enter}", until: "Table Name");
            await first.TypeAsync($"{Up}{Up}{Enter}", until: "Stream Name");
            await first.TypeAsync($"history{Enter}", until: "SHOW TABLES;\nSHOW STREAMS;\n");
            Assert.Equal(0, await ExitAsync(first));
        }

        await using var second = await OpenAsync();
        await second.TypeAsync($"{Up}{Up}{Enter}", until: "Stream Name");

        Assert.Equal(0, await ExitAsync(second));
    }

    [Fact]
    public async Task Tab_completes_words_of_SQL_and_names_that_were_seen_and_shows_what_there_is()
    {
        await using var prompt = await OpenAsync();
        await prompt.TypeAsync(
            $"CREATE STREAM pageviews (id STRING KEY) WITH (kafka_topic='p', value_format='json', partitions=1); SHOW STREAMS;{Enter}",
            until: "Stream Name");

        await prompt.TypeAsync($"DESCR{Tab}pagev{Tab}{Backspace};{Enter}", until: "VARCHAR(STRING)");
        var shown = await prompt.TypeAsync($"SHOW T{Tab}", until: "TOPICS");
        await prompt.TypeAsync($"OPICS;{Enter}", until: "Kafka Topic");

        Assert.Contains("TABLE  TABLES  TERMINATE  THEN  TIMESTAMP  TOPICS  TUMBLING", shown);
        Assert.Contains("DESCRIBE PAGEVIEWS;", prompt.Text);
        Assert.Equal(0, await ExitAsync(prompt));
    }

    [Fact]
    public async Task A_line_is_edited_where_the_cursor_stands()
    {
        await using var prompt = await OpenAsync();

        await prompt.TypeAsync($"OW STREAMX{Backspace}S;{CtrlA}SH{Enter}", until: "Stream Name");

        Assert.Equal(0, await ExitAsync(prompt));
    }

    [Fact]
    public async Task CtrlC_ends_the_query_and_not_the_prompt_and_throws_a_line_away()
    {
        await using var prompt = await OpenAsync();
        await prompt.TypeAsync(
            $"CREATE STREAM socks (id STRING KEY, image STRING) WITH (kafka_topic='socks', value_format='json', partitions=1);{Enter}",
            until: "Stream created");

        await prompt.TypeAsync($"SELECT * FROM socks EMIT CHANGES;{Enter}", until: "|IMAGE");
        await prompt.TypeAsync(CtrlC, until: $"Query terminated\n{Prompt}");
        await prompt.TypeAsync($"SELECT nonsense{CtrlC}", until: $"^C\n{Prompt}");
        // The server notices by itself that nobody reads any more.
        await Eventually.TrueAsync(
            async () => !(await prompt.TypeAsync($"SHOW QUERIES;{Enter}", until: $"\n{Prompt}"))
                .Contains("transient_", StringComparison.Ordinal),
            "the query has ended");

        Assert.Equal(0, await ExitAsync(prompt));
    }

    [Fact]
    public async Task A_script_is_run_up_to_the_first_statement_that_fails_which_is_named()
    {
        var script = _folder.Write("socks.ksql", """
            CREATE STREAM socks (id STRING KEY, image STRING)
              WITH (kafka_topic='socks', value_format='json', partitions=1);
            INSERT INTO socks (id, image) VALUES ('a', 'Google');
              DROP STREAM shoes;
            SHOW TABLES;
            """);
        await using var prompt = await OpenAsync();

        var shown = await prompt.TypeAsync($"run script '{script}';{Enter}", until: "shoes");
        await prompt.TypeAsync($"SHOW STREAMS;{Enter}", until: "| socks ");

        Assert.Contains("Stream created", shown);
        Assert.Contains("socks.ksql:4:15: ", prompt.Text);
        Assert.DoesNotContain("Table Name", prompt.Text);
        Assert.Equal(0, await ExitAsync(prompt));
    }

    [Fact]
    public async Task CtrlD_on_an_empty_line_ends_it()
    {
        await using var prompt = await OpenAsync();

        await prompt.TypeAsync(CtrlD);

        Assert.Equal(0, await prompt.EndAsync());
    }

    private async Task<TerminalProcess> OpenAsync()
    {
        var prompt = TerminalProcess.Start(_folder.Path, "sql", _server.Address);
        await prompt.SeeAsync(Prompt);
        return prompt;
    }

    private static async Task<int> ExitAsync(TerminalProcess prompt)
    {
        await prompt.TypeAsync($"exit{Enter}");
        return await prompt.EndAsync();
    }
}
