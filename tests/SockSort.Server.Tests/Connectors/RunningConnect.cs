using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Host.Listening;
using SockSort.Host.Logging;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Mqtt.Broker;
using SockSort.Server.Connectors;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Server.Tests.Connectors;

/// <summary>Kafka Connect's REST API over a worker and a log of its own, on a free port.</summary>
internal sealed class RunningConnect : IAsyncDisposable
{
    private readonly SqlEngine _engine;
    private readonly CommandLog _commands;
    private readonly ConnectServer _server;

    private RunningConnect(ILog log, ConnectWorker worker, SqlEngine engine, CommandLog commands, ConnectServer server)
    {
        (Log, Worker, _engine, _commands, _server) = (log, worker, engine, commands, server);
        Client = new ConnectClient(server.Addresses[0].ExactUri);
    }

    public ConnectClient Client { get; }

    public ConnectWorker Worker { get; }

    public ILog Log { get; }

    /// <param name="folder">Of the log, <c>data</c>, and of secrets; kept by the caller, and given to a later start again.</param>
    public static async Task<RunningConnect> StartAsync(
        TempFolder folder, ConnectServerOptions? options = null, string? password = null, EmbeddedBroker? broker = null)
    {
        var log = SqliteLog.Open(folder.File("data"));
        var worker = new ConnectWorker(log, new Secrets(folder.Path), broker);
        var engine = new SqlEngine(log, new SqlEngineOptions { KeepsState = true, Connectors = new WorkerConnectors(worker) });
        var commands = new CommandLog(engine, log);
        worker.Hold();
        var (_, problems) = await commands.ReplayAsync(CancellationToken.None);
        Assert.Empty(problems);
        await worker.ReleaseAsync();
        engine.Start();
        options ??= new ConnectServerOptions { Levels = new LogLevels(LogLevel.Information) };
        var listening = WebListening.At("http://127.0.0.1:0") with { Password = password };
        var server = await ConnectServer.StartAsync(worker, commands, options with { ClusterId = log.Id }, listening);
        return new RunningConnect(log, worker, engine, commands, server);
    }

    /// <summary>Runs a statement as a client of the SQL server would.</summary>
    public Task SqlAsync(string statement) => _commands.ExecuteAsync(
        SqlParser.Parse(new SourceText("test", statement))[0], new SqlSession(), CancellationToken.None);

    public Task StateAsync(string connector, string state) => Client.UntilAsync(
        $"/connectors/{connector}/status", status => $"{status["connector"]?["state"]}" == state, $"{connector} is {state}");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        await _engine.DisposeAsync();
        await Worker.DisposeAsync();
        await Log.DisposeAsync();
    }
}

/// <summary>Speaks to a Connect worker, ours or another.</summary>
internal sealed class ConnectClient(Uri address) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    public HttpClient Http => _client;

    public async Task<(int Status, string Text)> SendAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Gives the body's JSON; fails the test where the status is another one.</summary>
    public async Task<JsonNode> JsonAsync(string method, string path, string? body = null, int status = 200)
    {
        var (found, text) = await SendAsync(method, path, body);
        Assert.True(found == status, $"{method} {path}: {found} {text}");
        return JsonNode.Parse(text)!;
    }

    public Task UntilAsync(string path, Func<JsonNode, bool> isTrue, string what) => Eventually.TrueAsync(
        () => SendAsync("GET", path).Result is { Status: 200, Text: var text } && isTrue(JsonNode.Parse(text)!), what);

    public void Dispose() => _client.Dispose();
}
