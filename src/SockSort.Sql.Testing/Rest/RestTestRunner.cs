using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
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
public sealed partial class RestTestRunner(HttpClient client, SqlEngine engine, ILog log, TimeSpan patience)
{
    private const int Ok = 200;

    // Those of a topic for which a test names no number: Topic.DEFAULT_PARTITIONS of ksqlDB's test tools.
    private const int DefaultPartitions = 4;
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
        MakeTopics(test);
        var responses = test.Records("responses").ToList();
        var (next, isFed) = (0, false);
        foreach (var statement in test.Statements)
        {
            var isQuery = statement.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase);
            var waitsForQuery = isQuery && !isFed && WaitsForQuery(test);
            if (isQuery && !isFed && !waitsForQuery)
                Feed(test);
            isFed |= isQuery;
            var expected = next < responses.Count ? responses[next++] : default;
            var (status, text, problem) = isQuery
                ? await QueryAsync(test, statement, expected, waitsForQuery, cancellation)
                : await AdminAsync(statement, expected, cancellation);
            if (status != Ok)
                return ErrorDiffers(test, statement, status, text);
            if (problem is not null)
                return $"{statement}: {problem}";
        }
        return test.Node.TryGetProperty("expectedError", out var error) ? $"no error; expected {error.GetRawText()}" : null;
    }

    /// <summary>Makes the topics beforehand: those that the test names, and those of its streams and tables without a number.</summary>
    private void MakeTopics(ConformanceCase test)
    {
        foreach (var topic in test.Records("topics").Where(topic => topic.ValueKind == JsonValueKind.Object))
        {
            var partitions = topic.TryGetProperty("partitions", out var number) ? number.GetInt32() : DefaultPartitions;
            Make(topic.GetProperty("name").GetString()!, partitions);
        }
        foreach (var statement in test.Statements.Where(text => !PartitionsGiven().IsMatch(text) && !WrittenByQuery().IsMatch(text)))
        {
            if (NamedTopic().Match(statement) is { Success: true } named)
                Make(named.Groups["name"].Value, DefaultPartitions);
        }
    }

    private void Make(string topic, int partitions)
    {
        if (log.FindTopic(topic) is null)
            _ = log.Commit(new() { Topics = [new(topic, partitions)] });
    }

    /// <summary>Whether the records come only after the query's header.</summary>
    private static bool WaitsForQuery(ConformanceCase test) =>
        test.Node.TryGetProperty("inputConditions", out var conditions)
        && conditions.TryGetProperty("waitForQueryHeader", out var waits) && waits.GetBoolean();

    private void Feed(ConformanceCase test)
    {
        foreach (var input in test.Records("inputs"))
        {
            var topic = input.GetProperty("topic").GetString()!;
            var source = engine.Snapshot().Sources.FirstOrDefault(known => known.Topic == topic);
            var record = RecordCodec.ToRecord(input, source);
            var partition = record.Key is { } key ? KeyPartition.Of(key.Span, log.PartitionCountOf(topic) ?? 1) : 0;
            _ = log.Commit(new() { Appends = [new(topic, partition, [record])] });
        }
    }

    private async Task<(int Status, string Text, string? Problem)> AdminAsync(
        string statement, JsonElement expected, CancellationToken cancellation)
    {
        var (status, text) = await PostAsync("/ksql", statement, Earliest(), () => { }, cancellation);
        if (status != Ok || Answer(expected, "admin") is not { } entity)
            return (status, text, null);
        var actual = JsonDocument.Parse(text).RootElement;
        var first = actual.GetArrayLength() > 0 ? actual[0] : actual;
        return (status, text, AnswerMatcher.IsIn(entity, first) ? null : text);
    }

    private async Task<(int Status, string Text, string? Problem)> QueryAsync(
        ConformanceCase test, string statement, JsonElement expected, bool waitsForQuery, CancellationToken cancellation)
    {
        var properties = PropertiesOf(test);
        var rows = Answer(expected, "query");
        Action begun = waitsForQuery ? () => Feed(test) : () => { };
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var (status, text) = await AnswerAsync(statement, properties, begun, cancellation);
            var problem = status == Ok && rows is { } wanted
                ? AnswerMatcher.Difference(wanted, JsonDocument.Parse(text).RootElement, text, AnyOrder(expected, statement))
                : null;
            if (problem is null || clock.Elapsed > patience || waitsForQuery)
                return (status, text, problem);
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>Those of the server that a test starts go along with each query: here they mean the same for one.</summary>
    private static JsonObject PropertiesOf(ConformanceCase test)
    {
        var properties = Earliest();
        // The server of ksqlDB's tests has it on.
        properties[EngineProperties.ScalablePush] = "true";
        foreach (var kind in new[] { "properties", "queryProperties" })
        {
            if (!test.Node.TryGetProperty(kind, out var own))
                continue;
            foreach (var property in own.EnumerateObject())
                properties[property.Name] = property.Value.ValueKind == JsonValueKind.False ? "false" : property.Value.ToString();
        }
        return properties;
    }

    private async Task<(int Status, string Text)> AnswerAsync(
        string statement, JsonObject properties, Action begun, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ended.CancelAfter(patience);
        try
        {
            return await PostAsync("/query", statement, properties, begun, ended.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (Ok, NoEnd);
        }
    }

    private async Task<(int Status, string Text)> PostAsync(
        string path, string statement, JsonObject properties, Action begun, CancellationToken cancellation)
    {
        var body = new JsonObject { ["ksql"] = statement, ["streamsProperties"] = properties.DeepClone() };
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/vnd.ksql.v1+json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        var header = await reader.ReadLineAsync(cancellation);
        begun();
        return ((int)answer.StatusCode, header + "\n" + await reader.ReadToEndAsync(cancellation));
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

    /// <summary>
    /// Whether rows may come in another order: the test says so, or they are pulled from a table of several partitions, whose order in
    /// ksqlDB is that of its workers.
    /// </summary>
    private bool AnyOrder(JsonElement expected, string statement)
    {
        if (expected.TryGetProperty("verifyOrder", out var ordered) && ordered.ValueKind == JsonValueKind.False)
            return true;
        var isPush = statement.Contains("EMIT", StringComparison.OrdinalIgnoreCase);
        return !isPush && engine.Snapshot().Sources.Any(source => source.IsTable && log.FindTopic(source.Topic)?.Partitions > 1);
    }

    [GeneratedRegex(@"KAFKA_TOPIC\s*=\s*'(?<name>[^']+)'", RegexOptions.IgnoreCase)]
    private static partial Regex NamedTopic();

    [GeneratedRegex(@"\bPARTITIONS\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex PartitionsGiven();

    [GeneratedRegex(@"\bAS\s+SELECT\b", RegexOptions.IgnoreCase)]
    private static partial Regex WrittenByQuery();

    private static JsonObject Earliest() => new() { [EngineProperties.OffsetReset] = "earliest" };
}
