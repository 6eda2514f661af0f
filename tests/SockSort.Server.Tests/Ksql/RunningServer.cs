using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SockSort.Host.Listening;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Server.Ksql;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Engine.Settings;
using SockSort.Testing;

namespace SockSort.Server.Tests.Ksql;

/// <summary>A server over a log of its own on a free port, and a client that speaks HTTP/1.1 or HTTP/2.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly TempFolder? _folder;
    private readonly ILog _log;
    private readonly SqlEngine _engine;
    private readonly KsqlServer _server;

    private RunningServer(TempFolder? folder, ILog log, SqlEngine engine, KsqlServer server)
    {
        (_folder, _log, _engine, _server) = (folder, log, engine, server);
        Client = new HttpClient { BaseAddress = server.Addresses[0].ExactUri, Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    public Uri Address => _server.Addresses[0].ExactUri;

    public SqlEngine Engine => _engine;

    public required CommandLog Commands { get; init; }

    /// <summary>For what no client writes.</summary>
    public ILog Log => _log;

    /// <param name="keptFolder">Kept by the caller, and given to a later server again; null for one of its own.</param>
    /// <param name="password">Asked for where it is given.</param>
    /// <param name="patience">With clients that read slowly; the engine's own where it is not given.</param>
    public static async Task<RunningServer> StartAsync(
        KsqlServerOptions? options = null, TempFolder? keptFolder = null, TimeSpan? patience = null, string? password = null)
    {
        var folder = keptFolder ?? new TempFolder();
        var log = SqliteLog.Open(folder.File("data"));
        var engine = new SqlEngine(log, new() { KeepsState = true, PushPatience = patience ?? new SqlEngineOptions().PushPatience });
        var commands = new CommandLog(engine, log);
        var (_, problems) = await commands.ReplayAsync(CancellationToken.None);
        Assert.Empty(problems);
        engine.Start();
        var server = await KsqlServer.StartAsync(
            engine, commands, options ?? new KsqlServerOptions(), WebListening.At("http://127.0.0.1:0") with { Password = password });
        return new RunningServer(keptFolder is null ? folder : null, log, engine, server) { Commands = commands };
    }

    /// <summary>Posts a body as it is.</summary>
    public async Task<(HttpStatusCode Status, string Text)> PostAsync(
        string path, string body, Version? version = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/vnd.ksql.v1+json"),
            Version = version ?? HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (accept is not null)
            request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using var response = await Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Runs statements and gives their entities; fails the test where they do not run.</summary>
    public async Task<JsonArray> KsqlAsync(string statements)
    {
        var (status, text) = await PostAsync("/ksql", new JsonObject { ["ksql"] = statements }.ToJsonString());
        Assert.True(status == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!.AsArray();
    }

    /// <summary>Makes a stream of one text column and appends rows of a kilobyte: more than a connection takes unread.</summary>
    public async Task AppendManyAsync(string stream, int rows)
    {
        await KsqlAsync($"CREATE STREAM {stream} (a STRING) WITH (kafka_topic='{stream}', value_format='json', partitions=1);");
        var row = NewRecord.Of(0, null, Encoding.UTF8.GetBytes($$"""{"a": "{{new string('x', 1000)}}"}"""));
        for (var left = rows; left > 0; left -= 5000)
            _ = Log.Append(stream, [.. Enumerable.Repeat(row, Math.Min(left, 5000))]);
    }

    /// <summary>Waits until a pull query gives this one row.</summary>
    public async Task PulledAsync(string sql, string row)
    {
        var text = "";
        await Eventually.TrueAsync(
            () =>
                (text = PostAsync("/query-stream", new JsonObject { ["sql"] = sql }.ToJsonString()).Result.Text)
                    .EndsWith($"\n{row}\n", StringComparison.Ordinal),
            $"{sql} gives {row}");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        await _engine.DisposeAsync();
        await _log.DisposeAsync();
        _folder?.Dispose();
    }
}
