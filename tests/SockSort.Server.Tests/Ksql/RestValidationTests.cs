using System.Text.Json;
using System.Text.Json.Nodes;
using SockSort.Sql.Testing.Conformance;
using SockSort.Testing;

namespace SockSort.Server.Tests.Ksql;

/// <summary>
/// ksqlDB's own REST tests, read from <c>../shared</c>: statements go in over HTTP, and the answers are held against the files'.
/// </summary>
public sealed class RestValidationTests
{
    private const int Ok = 200;

    // Before a text that the answer's has to begin with.
    private const string Prefix = @"\m";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // What this server does otherwise on purpose; the reference says why.
    private static readonly HashSet<string> Otherwise =
    [
        // Nothing in its statements says that the two columns are one.
        "should fail on mismatch between key and key field values when stream has key",

        // Its records lie in the partitions that Kafka's clients choose.
        "join with ROWPARTITION and ROWOFFSET",
    ];

    [Theory]
    [InlineData("push-queries")]
    [InlineData("pull-queries-against-streams")]
    [InlineData("insert-values")]
    public async Task Every_test_in_scope_passes(string file)
    {
        var failures = new List<string>();
        foreach (var test in ConformanceFile.Read(Repository.Shared($"conformance/ksqldb-rest/{file}.json")))
        {
            if (!test.IsOutOfScope && !Otherwise.Contains(test.Name) && await FailureAsync(test) is { } failure)
                failures.Add($"{test.Name}: {failure}");
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static async Task<string?> FailureAsync(ConformanceCase test)
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var topic in test.Records("topics").Where(topic => topic.ValueKind == JsonValueKind.Object))
            _ = server.Log.Commit(new() { Topics = [new(topic.GetProperty("name").GetString()!)] });
        var responses = test.Records("responses").ToList();
        var (next, isFed, failed) = (0, false, false);
        foreach (var statement in test.Statements)
        {
            var isQuery = statement.StartsWith("SELECT", StringComparison.OrdinalIgnoreCase);
            if (isQuery && !isFed)
            {
                Feed(test, server);
                isFed = true;
            }
            var expected = next < responses.Count ? responses[next++] : default;
            var (problem, isError) = isQuery
                ? await QueryAsync(server, test, statement, expected)
                : await AdminAsync(server, statement, expected);
            failed |= isError;
            if (problem is not null)
                return problem;
        }
        var isExpected = test.Node.TryGetProperty("expectedError", out var error);
        if (isExpected != failed)
            return isExpected ? $"no error; expected {error.GetRawText()}" : "an error";
        return null;
    }

    private static void Feed(ConformanceCase test, RunningServer server)
    {
        foreach (var input in test.Records("inputs"))
        {
            var topic = input.GetProperty("topic").GetString()!;
            var source = server.Engine.Snapshot().Sources.FirstOrDefault(known => known.Topic == topic);
            _ = server.Log.Commit(new() { Appends = [new(topic, 0, [RecordCodec.ToRecord(input, source)])] });
        }
    }

    private static async Task<(string? Problem, bool IsError)> AdminAsync(RunningServer server, string statement, JsonElement expected)
    {
        var (status, text) = await server.PostAsync(
            "/ksql", new JsonObject { ["ksql"] = statement, ["streamsProperties"] = Earliest() }.ToJsonString());
        if ((int)status != Ok)
            return (expected.ValueKind == JsonValueKind.Undefined ? null : $"{statement}: {text}", true);
        if (expected.ValueKind == JsonValueKind.Undefined || !expected.TryGetProperty("admin", out var entity))
            return (null, false);
        var actual = JsonDocument.Parse(text).RootElement;
        var first = actual.GetArrayLength() > 0 ? actual[0] : actual;
        return (IsIn(entity, first) ? null : $"{statement}: {text}", false);
    }

    private static async Task<(string? Problem, bool IsError)> QueryAsync(
        RunningServer server, ConformanceCase test, string statement, JsonElement expected)
    {
        var properties = Earliest();
        if (test.Node.TryGetProperty("queryProperties", out var own))
        {
            foreach (var property in own.EnumerateObject())
                properties[property.Name] = property.Value.ToString();
        }
        var body = new JsonObject { ["ksql"] = statement, ["streamsProperties"] = properties }.ToJsonString();
        var (status, text, problem) = (0, "", (string?)null);
        try
        {
            // What a query answers follows the inputs after a while.
            await Eventually.TrueAsync(
                async () =>
                {
                    (status, text) = await AnswerAsync(server, body);
                    problem = status == Ok && Rows(expected) is { } rows
                        ? Difference(rows, JsonDocument.Parse(text).RootElement, text)
                        : null;
                    return problem is null;
                },
                statement, Patience);
        }
        catch (Exception) when (problem is not null)
        {
            return ($"{statement}: {problem}", false);
        }
        return (status == Ok || Rows(expected) is null ? null : $"{statement}: {text}", status != Ok);
    }

    private static JsonElement? Rows(JsonElement expected) =>
        expected.ValueKind != JsonValueKind.Undefined && expected.TryGetProperty("query", out var rows) ? rows : null;

    private static async Task<(int Status, string Text)> AnswerAsync(RunningServer server, string body)
    {
        try
        {
            var (status, text) = await server.PostAsync("/query", body).WaitAsync(Patience);
            return ((int)status, text);
        }
        catch (TimeoutException)
        {
            return (Ok, """["no end"]""");
        }
    }

    private static string? Difference(JsonElement expected, JsonElement actual, string text)
    {
        if (expected.GetArrayLength() != actual.GetArrayLength())
            return $"{actual.GetArrayLength()} elements for {expected.GetArrayLength()}: {text}";
        foreach (var (wanted, given) in expected.EnumerateArray().Zip(actual.EnumerateArray()))
        {
            if (!IsIn(wanted, given))
                return $"expected {wanted.GetRawText()}, got {given.GetRawText()}";
        }
        return null;
    }

    /// <summary>Fields that the file does not name are not compared.</summary>
    private static bool IsIn(JsonElement expected, JsonElement actual) => (expected.ValueKind, actual.ValueKind) switch
    {
        (JsonValueKind.Object, JsonValueKind.Object) => expected.EnumerateObject()
            .All(member => actual.TryGetProperty(member.Name, out var given)
                ? IsIn(member.Value, given)
                : member.Value.ValueKind == JsonValueKind.Null),
        (JsonValueKind.Array, JsonValueKind.Array) => expected.GetArrayLength() == actual.GetArrayLength()
            && expected.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => IsIn(pair.First, pair.Second)),
        (JsonValueKind.String, JsonValueKind.String) when expected.GetString()!.StartsWith(Prefix, StringComparison.Ordinal) =>
            actual.GetString()!.StartsWith(expected.GetString()![Prefix.Length..], StringComparison.Ordinal),
        _ => JsonMatcher.Matches(expected, actual),
    };

    private static JsonObject Earliest() => new() { ["auto.offset.reset"] = "earliest" };
}
