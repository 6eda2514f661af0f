using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SockSort.Shared;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Client.Rest;

/// <summary>A client for ksqlDB's REST API, served by SockSort or by ksqlDB itself.</summary>
public sealed class KsqlClient : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="server">The server's URL, as <c>http://127.0.0.1:8088</c>.</param>
    /// <param name="user">The user for HTTP Basic authentication; null for none.</param>
    /// <param name="password">The user's password.</param>
    public KsqlClient(Uri server, string? user, string? password)
    {
        Server = server;
        // A push query may send nothing for days, so there is no timeout for answers; other requests answer at once or fail to connect.
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = server,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (password is not null)
            _http.DefaultRequestHeaders.Authorization = BasicAuthentication.Of(user ?? BasicAuthentication.AnyUser, password);
    }

    public Uri Server { get; }

    /// <summary>Queries <c>/info</c>.</summary>
    /// <exception cref="KsqlClientException">The server cannot be reached, or rejects the request.</exception>
    public async Task<JsonObject> InfoAsync(CancellationToken cancellation)
    {
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, "/info"), cancellation);
        return (JsonObject)(await ReadAsync(answer, cancellation))["KsqlServerInfo"]!;
    }

    /// <summary>Runs statements and returns their entities.</summary>
    /// <exception cref="KsqlClientException">The server cannot be reached, or rejects the request.</exception>
    public async Task<JsonArray> RunAsync(string statements, SqlSession session, CancellationToken cancellation)
    {
        using var answer = await SendAsync(Post("/ksql", "ksql", statements, session), cancellation);
        return (await ReadAsync(answer, cancellation)).AsArray();
    }

    /// <summary>As <see cref="RunAsync"/>, for callers that keep no session.</summary>
    /// <exception cref="KsqlClientException">The server cannot be reached, or rejects the request.</exception>
    public async Task<JsonArray> ExecuteAsync(KsqlRequest request, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["ksql"] = request.Statements,
            ["streamsProperties"] = Object(request.Properties),
            ["sessionVariables"] = Object(request.Variables),
        };
        if (request.After is { } number)
            body["commandSequenceNumber"] = number;
        using var answer = await SendAsync(Post("/ksql", body), cancellation);
        return (await ReadAsync(answer, cancellation)).AsArray();
    }

    /// <summary>Queries <c>/status</c> of a command that the server has accepted.</summary>
    /// <param name="command">Its id, as the answer to the statement has it: <c>stream/`SOCKS`/create</c>.</param>
    /// <returns>
    /// <c>QUEUED</c>, <c>PARSING</c>, <c>EXECUTING</c>, <c>RUNNING</c>, <c>SUCCESS</c>, <c>ERROR</c> or <c>TERMINATED</c>, and a message.
    /// </returns>
    /// <exception cref="KsqlClientException">The server cannot be reached, or knows no such command.</exception>
    public async Task<(string Status, string Message)> StatusAsync(string command, CancellationToken cancellation)
    {
        var path = $"/status/{string.Join('/', command.Split('/').Select(Uri.EscapeDataString))}";
        using var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellation);
        var status = await ReadAsync(answer, cancellation);
        return ((string?)status["status"] ?? "", (string?)status["message"] ?? "");
    }

    /// <summary>Runs a query and returns its lines: the columns first, then one line for each row.</summary>
    /// <param name="noted">Told what the server says of the answer; null where nobody wants to know.</param>
    /// <exception cref="KsqlClientException">The server cannot be reached, or rejects the request.</exception>
    public IAsyncEnumerable<string> QueryAsync(
        string statement, SqlSession session, CancellationToken cancellation, Action<string>? noted = null) =>
        LinesAsync(Post("/query-stream", "sql", statement, session), cancellation, noted);

    /// <summary>Runs PRINT and returns its lines.</summary>
    /// <exception cref="KsqlClientException">The server cannot be reached, or rejects the request.</exception>
    public IAsyncEnumerable<string> PrintAsync(string statement, SqlSession session, CancellationToken cancellation) =>
        LinesAsync(Post("/query", "ksql", statement, session), cancellation);

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Post(string path, string field, string statement, SqlSession session)
    {
        var body = new JsonObject
        {
            [field] = statement,
            [field == "sql" ? "properties" : "streamsProperties"] = Object(session.Properties),
            ["sessionVariables"] = Object(session.Variables),
        };
        return Post(path, body);
    }

    private static HttpRequestMessage Post(string path, JsonObject body) => new(HttpMethod.Post, path)
    {
        Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
    };

    private static JsonObject Object(IReadOnlyDictionary<string, string> values) =>
        new(values.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, JsonValue.Create(pair.Value))));

    private async IAsyncEnumerable<string> LinesAsync(
        HttpRequestMessage request, [EnumeratorCancellation] CancellationToken cancellation, Action<string>? noted = null)
    {
        using var answer = await SendAsync(request, cancellation);
        if (!answer.IsSuccessStatusCode)
            _ = await ReadAsync(answer, cancellation);
        if (noted is not null && answer.Headers.TryGetValues(OwnPartitions.NoteHeader, out var notes))
            noted(string.Join("; ", notes));
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        while (await LineAsync(lines, cancellation) is { } line)
        {
            if (line.Length > 0)
                yield return line;
        }
    }

    private async ValueTask<string?> LineAsync(StreamReader lines, CancellationToken cancellation)
    {
        try
        {
            return await lines.ReadLineAsync(cancellation);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new KsqlClientException($"{Server} has ended the connection: {error.Message}", error);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw new KsqlClientException($"{Server} cannot be reached: {error.Message}; start one with 'socksort server'", error);
        }
    }

    /// <summary>Reads the JSON of an answer; an error entity becomes an exception with its message.</summary>
    private async Task<JsonNode> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        try
        {
            var json = JsonNode.Parse(text)!;
            if (answer.IsSuccessStatusCode)
                return json;
            throw new KsqlClientException((string?)json["message"] ?? text) { Status = (int)answer.StatusCode };
        }
        catch (JsonException error)
        {
            var hint = answer.StatusCode == HttpStatusCode.OK ? "is it a ksqlDB server?" : $"status {(int)answer.StatusCode}";
            throw new KsqlClientException($"{Server} gave no JSON ({hint})", error) { Status = (int)answer.StatusCode };
        }
    }
}
