using System.Text;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Tests;

/// <summary>An engine over topics in memory, moved on by the test itself.</summary>
internal sealed class SqlHost : IAsyncDisposable
{
    private readonly SqlSession _session = new();
    private readonly List<PushQuery> _pushed = [];

    private SqlHost(SqlEngineOptions options) => Engine = new(Topics, options);

    public MemoryLog Topics { get; } = new();

    public SqlEngine Engine { get; }

    /// <summary>What statements have given so far.</summary>
    public List<StatementResult> Results { get; } = [];

    public static async Task<SqlHost> StartAsync(string script, SqlEngineOptions? options = null)
    {
        var host = new SqlHost(options ?? new() { Clock = SqlClock.Stream });
        host._session.SetProperty(EngineProperties.OffsetReset, "earliest");
        await host.RunAsync(script);
        return host;
    }

    public async Task RunAsync(string script)
    {
        var parser = new SqlParser(new("test.sql", script), _session.Variables);
        while (parser.Next() is { } statement)
        {
            Results.Add(await Engine.ExecuteAsync(statement, _session));
            if (Results[^1] is PushResult push)
                _pushed.Add(push.Query);
        }
    }

    /// <summary>Sends a record into its key's partition; without a key into the first.</summary>
    /// <param name="key">Bytes as text; null for none.</param>
    public void Send(string topic, string? value, long timestamp = 0, string? key = null)
    {
        var record = NewRecord.Of(timestamp, Bytes(key), Bytes(value));
        var partition = record.Key is { } bytes ? KeyPartition.Of(bytes.Span, Topics.FindTopic(topic)?.Partitions ?? 1) : 0;
        _ = Topics.Append(topic, [record], partition);
        Engine.RunUntilIdle();
    }

    /// <summary>Rows of the n-th push query since the last call, cells joined by commas.</summary>
    public string[] Rows(int query = 0)
    {
        var rows = new List<string>();
        while (_pushed[query].TryRead(out var row))
            rows.Add(
                (row!.IsTombstone ? "gone: " : "")
                    + string.Join(",", row.Values.Select(value => value is null ? "null" : SqlValueText.Of(value))));
        return [.. rows];
    }

    /// <summary>Values of a topic as text, <c>null</c> for tombstones.</summary>
    public string[] Values(string topic) =>
        [
            .. Topics.Read(topic, 0, 0, int.MaxValue)
            .Select(record => record.Value is { } value ? Encoding.UTF8.GetString(value.Span) : "null"),
        ];

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
