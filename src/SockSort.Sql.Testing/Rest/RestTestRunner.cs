using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SockSort.Log;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Testing.Conformance;

namespace SockSort.Sql.Testing.Rest;

/// <summary>
/// Runs tests of ksqlDB's REST query-validation files: statements go to a server over HTTP in their order, and each answer is held against
/// the file's.
/// </summary>
/// <param name="client">A client whose base address is the server's.</param>
/// <param name="engine">The server's engine, whose catalog says how records are read and written.</param>
/// <param name="log">The server's log, into which a test's records are fed.</param>
/// <param name="patience">How long an answer may take to become what is expected: a query's state follows the records.</param>
/// <remarks>Source of the format: <c>RestTestExecutor</c> of ksqlDB's functional tests.</remarks>
public sealed class RestTestRunner(HttpClient client, SqlEngine engine, ILog log, TimeSpan patience)
{
    private const int Ok = 200;
    private const string NoEnd = """["no end"]""";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs one test, on a server of its own.</summary>
    public async Task<ConformanceResult> RunAsync(ConformanceCase test, CancellationToken cancellation)
    {
        if (test.IsOutOfScope)
            return new(test, ConformanceOutcome.OutOfScope, null);
        var reason = await FailureAsync(test, cancellation);
        return new(test, reason is null ? ConformanceOutcome.Passed : ConformanceOutcome.Failed, reason);
    }

    private async Task<string?> FailureAsync(ConformanceCase test, CancellationToken cancellation)
    {
        foreach (var topic in test.Records("topics").Where(topic => topic.ValueKind == JsonValueKind.Object))
            _ = log.Commit(new() { Topics = [new(topic.GetProperty("name").GetString()!)] });
        var responses = test.Records("responses").ToList();
        var (next, isFed) = (0, false);
        foreach (var statement in test.Statements)
        {
            var isQuery = statement.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase);
            if (isQuery && !isFed)
                Feed(test);
            isFed |= isQuery;
            var expected = next < responses.Count ? responses[next++] : default;
            var (status, text, problem) = isQuery
                ? await QueryAsync(test, statement, expected, cancellation)
                : await AdminAsync(statement, expected, cancellation);
            if (status != Ok)
                return ErrorDiffers(test, statement, status, text);
            if (problem is not null)
                return $"{statement}: {problem}";
        }
        return test.Node.TryGetProperty("expectedError", out var error) ? $"no error; expected {error.GetRawText()}" : null;
    }

    private void Feed(ConformanceCase test)
    {
        foreach (var input in test.Records("inputs"))
        {
            var topic = input.GetProperty("topic").GetString()!;
            var source = engine.Snapshot().Sources.FirstOrDefault(known => known.Topic == topic);
            _ = log.Commit(new() { Appends = [new(topic, 0, [RecordCodec.ToRecord(input, source)])] });
        }
    }

    private async Task<(int Status, string Text, string? Problem)> AdminAsync(
        string statement, JsonElement expected, CancellationToken cancellation)
    {
        var (status, text) = await PostAsync("/ksql", statement, Earliest(), cancellation);
        if (status != Ok || Answer(expected, "admin") is not { } entity)
            return (status, text, null);
        var actual = JsonDocument.Parse(text).RootElement;
        var first = actual.GetArrayLength() > 0 ? actual[0] : actual;
        return (status, text, AnswerMatcher.IsIn(entity, first) ? null : text);
    }

    private async Task<(int Status, string Text, string? Problem)> QueryAsync(
        ConformanceCase test, string statement, JsonElement expected, CancellationToken cancellation)
    {
        var properties = PropertiesOf(test);
        var rows = Answer(expected, "query");
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var (status, text) = await AnswerAsync(statement, properties, cancellation);
            var problem = status == Ok && rows is { } wanted
                ? AnswerMatcher.Difference(wanted, JsonDocument.Parse(text).RootElement, text, AnyOrder(expected))
                : null;
            if (problem is null || clock.Elapsed > patience)
                return (status, text, problem);
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Those of the server that a test starts go along with each query: here they mean the same for one.</summary>
    private static JsonObject PropertiesOf(ConformanceCase test)
    {
        var properties = Earliest();
        foreach (var kind in new[] { "properties", "queryProperties" })
        {
            if (!test.Node.TryGetProperty(kind, out var own))
                continue;
            foreach (var property in own.EnumerateObject())
                properties[property.Name] = property.Value.ValueKind == JsonValueKind.False ? "false" : property.Value.ToString();
        }
        return properties;
    }

    private async Task<(int Status, string Text)> AnswerAsync(string statement, JsonObject properties, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ended.CancelAfter(patience);
        try
        {
            return await PostAsync("/query", statement, properties, ended.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (Ok, NoEnd);
        }
    }

    private async Task<(int Status, string Text)> PostAsync(
        string path, string statement, JsonObject properties, CancellationToken cancellation)
    {
        var body = new JsonObject { ["ksql"] = statement, ["streamsProperties"] = properties.DeepClone() };
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/vnd.ksql.v1+json");
        using var answer = await client.PostAsync(path, content, cancellation);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    /// <summary>Compares an error with the expected one; null where they agree.</summary>
    private static string? ErrorDiffers(ConformanceCase test, string statement, int status, string text)
    {
        if (!test.Node.TryGetProperty("expectedError", out var expected))
            return $"{statement}: {status} {text}";
        var wanted = expected.TryGetProperty("status", out var code) ? code.GetInt32() : status;
        if (wanted != status)
            return $"{statement}: status {status}, expected {wanted}: {text}";
        var entity = JsonDocument.Parse(text).RootElement;
        var isOfStatement = expected.TryGetProperty("type", out var type)
            && type.GetString()!.EndsWith("KsqlStatementErrorMessage", StringComparison.Ordinal);
        if (isOfStatement && entity.GetProperty("@type").GetString() != "statement_error")
            return $"{statement}: expected a statement_error, got {text}";
        var message = expected.TryGetProperty("message", out var part) ? part.GetString()! : "";
        var missing = ExpectedError.Missing(message, test.Statements, entity.GetProperty("message").GetString()!);
        return missing.Count == 0 ? null : $"{statement}: the message lacks {string.Join(", ", missing)}: {text}";
    }

    private static JsonElement? Answer(JsonElement expected, string kind) =>
        expected.ValueKind == JsonValueKind.Object && expected.TryGetProperty(kind, out var answer) ? answer : null;

    private static bool AnyOrder(JsonElement expected) =>
        expected.TryGetProperty("verifyOrder", out var ordered) && ordered.ValueKind == JsonValueKind.False;

    private static JsonObject Earliest() => new() { [EngineProperties.OffsetReset] = "earliest" };
}
