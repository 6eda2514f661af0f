using System.Text;
using System.Text.Json.Nodes;
using SockSort.Log;
using SockSort.Server.Ksql;
using SockSort.Sql.Engine;
using SockSort.Sql.Topics;

namespace SockSort.Cli.Commands.Bench.Server;

/// <summary>A server as <c>socksort server</c> runs it, over a log in a folder of its own.</summary>
internal sealed class ServedLog : IAsyncDisposable
{
    private readonly LogTopics _topics;
    private readonly SqlEngine _engine;
    private readonly KsqlServer _server;

    private ServedLog(EventLog log, LogTopics topics, SqlEngine engine, KsqlServer server)
    {
        (Log, _topics, _engine, _server) = (log, topics, engine, server);
        Client = new HttpClient { BaseAddress = server.Address, Timeout = Timeout.InfiniteTimeSpan };
    }

    public EventLog Log { get; }

    public HttpClient Client { get; }

    public SqlEngine Engine => _engine;

    /// <param name="data">Of an earlier one, which then goes on, or empty.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<ServedLog> StartAsync(string data, CancellationToken cancellation)
    {
        var log = EventLog.Open(data);
        var topics = new LogTopics(log);
        var engine = new SqlEngine(topics, new() { KeepsState = true });
        var commands = new CommandLog(engine, topics);
        _ = await commands.ReplayAsync(cancellation);
        engine.Start();
        var server = await KsqlServer.StartAsync(engine, commands, new KsqlServerOptions { Listen = new Uri("http://127.0.0.1:0") }, cancellation);
        return new ServedLog(log, topics, engine, server);
    }

    /// <summary>Runs statements over REST.</summary>
    /// <exception cref="IOException">The server refuses them.</exception>
    public async Task RunAsync(string statements, CancellationToken cancellation)
    {
        using var content = new StringContent(new JsonObject { ["ksql"] = statements }.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await Client.PostAsync("/ksql", content, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new IOException($"the server refuses '{statements[..Math.Min(60, statements.Length)]}': {await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        await _engine.DisposeAsync();
        await _topics.DisposeAsync();
        await Log.DisposeAsync();
    }
}
