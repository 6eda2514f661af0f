using System.Text;
using System.Text.Json.Nodes;
using SockSort.Host.Listening;
using SockSort.Log;
using SockSort.Log.Opening;
using SockSort.Server.Ksql;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Commands;

namespace SockSort.Bench.Server;

/// <summary>A server as <c>socksort server</c> runs it, with a log in a folder of its own.</summary>
internal sealed class ServedLog : IAsyncDisposable
{
    private readonly SqlEngine _engine;
    private readonly KsqlServer _server;

    private ServedLog(ILog log, SqlEngine engine, KsqlServer server)
    {
        (Log, _engine, _server) = (log, engine, server);
        Client = new HttpClient { BaseAddress = server.Addresses[0].ExactUri, Timeout = Timeout.InfiniteTimeSpan };
    }

    public ILog Log { get; }

    public HttpClient Client { get; }

    public SqlEngine Engine => _engine;

    /// <param name="data">The folder of an earlier server, which is resumed, or an empty one.</param>
    /// <param name="cancellation">Cancels the start.</param>
    public static async Task<ServedLog> StartAsync(string data, CancellationToken cancellation)
    {
        var log = DataFolder.Open(data);
        var engine = new SqlEngine(log, new() { KeepsState = true });
        var commands = new CommandLog(engine, log);
        _ = await commands.ReplayAsync(cancellation);
        engine.Start();
        var server = await KsqlServer.StartAsync(
            engine, commands, new KsqlServerOptions(), WebListening.At("http://127.0.0.1:0"), cancellation);
        return new ServedLog(log, engine, server);
    }

    /// <summary>Runs statements over the REST API.</summary>
    /// <exception cref="BenchException">The server rejects them.</exception>
    public async Task RunAsync(string statements, CancellationToken cancellation)
    {
        using var content = new StringContent(new JsonObject { ["ksql"] = statements }.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await Client.PostAsync("/ksql", content, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"the server refuses '{statements[..Math.Min(60, statements.Length)]}': "
                + $"{await answer.Content.ReadAsStringAsync(cancellation)}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        await _engine.DisposeAsync();
        await Log.DisposeAsync();
    }
}
