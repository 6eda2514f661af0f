using System.Text;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Tests.Sharing;

/// <summary>Two engines over one log, which share its partitions as the test deals them out.</summary>
internal sealed class SharedPair : IAsyncDisposable
{
    private readonly MemoryLog _log = new();
    private readonly List<CommandLog> _commands = [];

    private SharedPair()
    {
    }

    public MemoryLog Log => _log;

    public DealtShare[] Shares { get; } = [new(), new()];

    public List<SqlEngine> Engines { get; } = [];

    public IReadOnlyList<CommandLog> Commands => _commands;

    /// <summary>What the starts of the engines have told.</summary>
    public List<string> Problems { get; } = [];

    /// <param name="script">Given to the first engine; the other one follows.</param>
    public static async Task<SharedPair> StartAsync(string script)
    {
        var pair = new SharedPair();
        foreach (var share in pair.Shares)
            await pair.AddAsync(share);
        await pair.RunAsync(0, script);
        return pair;
    }

    /// <summary>Starts one more engine.</summary>
    public async Task AddAsync(DealtShare share)
    {
        var log = SharedLog.Over(_log, share);
        var engine = new SqlEngine(log, new() { KeepsState = true, Clock = SqlClock.Stream });
        var commands = new CommandLog(engine, log);
        Problems.AddRange((await commands.ReplayAsync(CancellationToken.None)).Problems);
        Engines.Add(engine);
        _commands.Add(commands);
    }

    public async Task<StatementResult> RunAsync(int engine, string script)
    {
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        StatementResult? last = null;
        foreach (var statement in SqlParser.Parse(new SourceText("test.sql", script)))
            last = await _commands[engine].ExecuteAsync(statement, session, CancellationToken.None);
        return last!;
    }

    /// <summary>Sends a row into a partition.</summary>
    public void Send(string topic, int partition, string key, string value, long timestamp = 0) => _ = _log.Append(
        topic, [NewRecord.Of(timestamp, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value))], partition);

    /// <summary>Lets each engine work on what is there.</summary>
    public void Work()
    {
        // What one writes between two stages the other one may read.
        for (var turn = 0; turn < 3; turn++)
            Engines.ForEach(engine => engine.RunUntilIdle());
    }

    /// <summary>Keys and values of all partitions of a topic.</summary>
    public string[] Rows(string topic) =>
    [
        .. Enumerable.Range(0, _log.FindTopic(topic)?.Partitions ?? 0).SelectMany(partition => _log.Read(topic, partition, 0, int.MaxValue))
            .Select(record => $"{Text(record.Key)}:{Text(record.Value)}"),
    ];

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in Engines)
            await engine.DisposeAsync();
        _log.Dispose();
    }

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Encoding.UTF8.GetString(some.Span) : "null";
}
