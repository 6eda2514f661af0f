using SockSort.Log.Memory;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Tests.Commands;

/// <summary>Statements that end with the process, as those of a demo.</summary>
public sealed class ForgottenCommandsTests : IAsyncDisposable
{
    private readonly MemoryLog _log = new();
    private readonly SqlEngine _engine;

    public ForgottenCommandsTests() => _engine = new SqlEngine(_log, new());

    [Fact]
    public async Task They_are_carried_out_and_nothing_of_them_is_kept()
    {
        var commands = new CommandLog(_engine, _log, keeps: false);

        await RunAsync(commands, """
            CREATE STREAM found (image VARCHAR) WITH (KAFKA_TOPIC = 'found', VALUE_FORMAT = 'JSON', PARTITIONS = 1);
            CREATE STREAM sure AS SELECT * FROM found EMIT CHANGES;
            """);

        Assert.Equal(["FOUND", "SURE"], _engine.Snapshot().Sources.Select(source => source.Name).Order());
        Assert.Null(_log.FindTopic(CommandLog.Topic));
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _log.Dispose();
    }

    private static async Task RunAsync(CommandLog commands, string script)
    {
        var session = new SqlSession();
        foreach (var statement in SqlParser.Parse(new SourceText("test.sql", script)))
            _ = await commands.ExecuteAsync(statement, session, CancellationToken.None);
    }
}
