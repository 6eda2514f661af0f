using System.Net;
using System.Text;
using SockSort.Connect.Classes;
using SockSort.Connect.Worker;
using SockSort.Log;
using SockSort.Testing;

namespace SockSort.Connect.Tests.HttpSink;

/// <summary>The HTTP sink at a web server of its own.</summary>
public sealed class HttpSinkTests : IAsyncLifetime
{
    private ConnectBench _bench = null!;
    private Webhook _hook = null!;

    public async ValueTask InitializeAsync()
    {
        _bench = await ConnectBench.StartAsync("embedded");
        _hook = await Webhook.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        await _hook.DisposeAsync();
    }

    [Fact]
    public async Task Each_record_is_a_request_in_its_order_with_its_bytes_and_a_key_of_its_own()
    {
        await AppendAsync(Record("a", """{"n":1}"""), Record("b", "no JSON"), Record(null, """{"n":3}"""));

        _ = await CreateAsync(("headers", "X-Room: attic | Authorization: Bearer s3cret"));
        await CarriedAsync(3);

        Assert.Equal(["""{"n":1}""", "no JSON", """{"n":3}"""], _hook.Taken);
        Assert.All(_hook.Calls, call => Assert.Equal(("POST", "/pairs"), (call.Method, call.Target)));
        Assert.Equal(
            ["application/json", "application/octet-stream", "application/json"], _hook.Calls.Select(call => call.Headers["Content-Type"]));
        Assert.Equal(
            ["\"hook-PAIRS-0-0\"", "\"hook-PAIRS-0-1\"", "\"hook-PAIRS-0-2\""],
            _hook.Calls.Select(call => call.Headers["Idempotency-Key"]));
        Assert.Equal(("attic", "Bearer s3cret"), (_hook.Calls[0].Headers["X-Room"], _hook.Calls[0].Headers["Authorization"]));
        Assert.Equal((ConnectorKind.Sink, ConnectorState.Running), (_bench.InfoOf("hook").Kind, _bench.InfoOf("hook").State));
    }

    [Fact]
    public async Task The_address_may_have_topic_and_key_which_cannot_leave_their_place_in_it()
    {
        await AppendAsync(Record("a/../b?x=1", "1"), Record("\"Größe\"", "2"));

        _ = await CreateAsync(("http.api.url", $"{_hook.Url}/${{topic}}/${{key}}?of=${{key}}"), ("request.method", "put"));
        await CarriedAsync(2);

        Assert.Equal(
            ["/PAIRS/a%2F..%2Fb%3Fx%3D1?of=a%2F..%2Fb%3Fx%3D1", "/PAIRS/Gr%C3%B6%C3%9Fe?of=Gr%C3%B6%C3%9Fe"],
            _hook.Calls.Select(call => call.Target));
        Assert.All(_hook.Calls, call => Assert.Equal("PUT", call.Method));
    }

    [Fact]
    public async Task A_record_without_a_value_is_left_out_or_deletes()
    {
        await AppendAsync(Record("a", "1"), Record("a", null), Record("b", "2"));

        _ = await CreateAsync();
        _ = await CreateAsync(
            "deleting", ("http.api.url", $"{_hook.Url}/keys/${{key}}"), ("behavior.on.null.values", "delete"), ("request.method", "PUT"));
        await CarriedAsync(3);
        await CarriedAsync(3, "deleting");

        Assert.Equal(["1", "2"], _hook.Calls.Where(call => call.Target == "/pairs").Select(call => call.Body));
        Assert.Equal(
            ["PUT /keys/a 1", "DELETE /keys/a ", "PUT /keys/b 2"],
            _hook.Calls.Where(call => call.Target != "/pairs").Select(call => $"{call.Method} {call.Target} {call.Body}"));
    }

    [Fact]
    public async Task Several_records_in_one_request_are_a_JSON_array_and_one_that_is_no_JSON_a_dead_letter()
    {
        await AppendAsync(Record(null, "1"), Record(null, "\"b\""), Record(null, "no JSON"), Record(null, "4"), Record(null, "5"));

        _ = await CreateAsync(("batch.max.size", "4"), ("errors.tolerance", "all"), ("errors.deadletterqueue.topic.name", "letters"));
        await CarriedAsync(5);

        Assert.Equal(["[1,\"b\",4]", "[5]"], _hook.Taken);
        Assert.Contains("the record's value is no JSON", ReasonOf(Assert.Single(Letters())));
    }

    [Fact]
    public async Task Credentials_are_sent_as_basic_authentication()
    {
        await AppendAsync(Record(null, "1"));

        _ = await CreateAsync(("auth.type", "BASIC"), ("connection.user", "lamp"), ("connection.password", "pä:ss"));
        await CarriedAsync(1);

        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("lamp:pä:ss"))}", _hook.Calls[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task A_server_that_is_away_or_overloaded_fails_it_and_nothing_is_lost_or_sent_again_that_was_taken()
    {
        _hook.Answer = (body, before) => body == "2" && before < 3 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;
        _hook.Said = "come\r\nback later";
        await AppendAsync(Record(null, "1"), Record(null, "2"), Record(null, "3"));

        _ = await CreateAsync();
        await Eventually.TrueAsync(() => _bench.InfoOf("hook").LastError is not null, "the connector has failed");
        await CarriedAsync(3);

        Assert.Equal(["1", "2", "3"], _hook.Taken);
        Assert.Equal(
            $"connector 'hook': POST {_hook.Url}/pairs: the server answers 503 Service Unavailable: come back later",
            _bench.InfoOf("hook").LastError);
        Assert.Equal(ConnectorState.Running, _bench.InfoOf("hook").State);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "answers 401 Unauthorized")]
    [InlineData(HttpStatusCode.BadRequest, "answers 400 Bad Request")]
    [InlineData(HttpStatusCode.PermanentRedirect, "answers 308 and sends on to https://elsewhere.example/, which is not followed")]
    public async Task What_the_server_refuses_fails_it_and_says_so(HttpStatusCode status, string problem)
    {
        _hook.Answer = (_, _) => status;
        _hook.Headers["Location"] = "https://elsewhere.example/";
        await AppendAsync(Record(null, "1"));

        _ = await CreateAsync();
        await Eventually.TrueAsync(() => _bench.InfoOf("hook").State == ConnectorState.Failed, "the connector has failed");

        Assert.Contains(problem, _bench.InfoOf("hook").Trace);
    }

    [Fact]
    public async Task Where_errors_are_tolerated_a_record_that_is_refused_becomes_a_dead_letter_and_a_wrong_password_does_not()
    {
        _hook.Answer = (body, _) => body switch
        {
            "bad" => HttpStatusCode.UnprocessableEntity,
            "crash" => HttpStatusCode.InternalServerError,
            "locked" => HttpStatusCode.Unauthorized,
            _ => HttpStatusCode.OK,
        };
        await AppendAsync(Record(null, "1"), Record(null, "bad"), Record(null, "crash"), Record(null, "4"), Record(null, "locked"));

        _ = await CreateAsync(
            ("errors.tolerance", "all"), ("errors.deadletterqueue.topic.name", "letters"), ("max.retries", "2"),
            ("retry.backoff.ms", "10"));
        await CarriedAsync(4);
        await Eventually.TrueAsync(() => _bench.InfoOf("hook").State == ConnectorState.Failed, "the connector has failed");

        Assert.Equal(["1", "4"], _hook.Taken);
        Assert.Equal(3, _hook.Calls.Count(call => call.Body == "crash"));
        Assert.Equal(["bad", "crash"], Letters().Select(letter => Encoding.UTF8.GetString(letter.Value!.Value.Span)));
        Assert.Contains("422 Unprocessable Entity", ReasonOf(Letters()[0]));
        Assert.Equal(4, _bench.Log.CommittedOffset("connect-hook", "PAIRS"));
    }

    [Fact]
    public async Task No_answer_in_time_is_an_error_of_the_server()
    {
        using var never = new SemaphoreSlim(0);
        _hook.Answer = (_, before) =>
            before > 0 || never.Wait(TimeSpan.FromMinutes(1)) ? HttpStatusCode.OK : HttpStatusCode.InternalServerError;
        await AppendAsync(Record(null, "1"));

        _ = await CreateAsync(("http.request.timeout.ms", "100"));
        await Eventually.TrueAsync(() => _bench.InfoOf("hook").LastError is not null, "the connector has failed");
        _ = never.Release();
        await CarriedAsync(1);

        Assert.Contains("no answer within 100 ms", _bench.InfoOf("hook").LastError);
    }

    [Theory]
    [InlineData("http.api.url", "mqtt://x", "is no address of a web server; write http://HOST:PORT/PATH or https://…")]
    [InlineData("http.api.url", "http://u:secret@host/x", "holds a user; write it as 'connection.user'")]
    [InlineData("http.api.url", "http://${key}.example.org/", "lets a record choose the server")]
    [InlineData("request.method", "GET", "is 'GET'; use POST, PUT, PATCH")]
    [InlineData("headers", "NoColon", "has a header that can't be used")]
    [InlineData("headers", "Bad Name: x", "has a header that can't be used")]
    [InlineData("auth.type", "BASIC", "is missing; BASIC needs it")]
    [InlineData("connection.user", "lamp", "is NONE, and a user or password is given; use BASIC")]
    [InlineData("batch.max.size", "0", "is '0'; use a whole number from 1 to 10000")]
    public async Task A_wrong_configuration_is_refused_and_no_secret_shown(string key, string value, string problem)
    {
        var error = await Assert.ThrowsAsync<ConnectException>(() => CreateAsync((key, value)));

        Assert.Contains(problem, error.Message);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<LogRecord> Letters() => _bench.Log.FindTopic("letters") is null ? [] : _bench.Log.Read("letters", 0, 0);

    private static string ReasonOf(LogRecord letter) => Encoding.UTF8.GetString(
        letter.Headers.Single(header => header.Name == "__connect.errors.exception.message").Value!.Value.Span);

    private async Task AppendAsync(params NewRecord[] records) => _ = await _bench.Log.AppendAsync("PAIRS", records);

    private Task<ConnectorInfo> CreateAsync(params (string Key, string Value)[] changes) => CreateAsync("hook", changes);

    private async Task<ConnectorInfo> CreateAsync(string name, params (string Key, string Value)[] changes)
    {
        var configuration = new Dictionary<string, string>
        {
            ["connector.class"] = "io.confluent.connect.http.HttpSinkConnector",
            ["topics"] = "PAIRS",
            ["http.api.url"] = $"{_hook.Url}/pairs",
        };
        foreach (var (key, value) in changes)
            configuration[key] = value;
        _ = await _bench.Worker.CreateAsync(name, configuration);
        return _bench.InfoOf(name);
    }

    private Task CarriedAsync(long offset, string connector = "hook") => Eventually.TrueAsync(
        () => _bench.Log.CommittedOffset($"connect-{connector}", "PAIRS") == offset, $"the sink has carried {offset} records");

    private static NewRecord Record(string? key, string? value) => NewRecord.Of(0, Bytes(key), Bytes(value));

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
