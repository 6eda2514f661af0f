using System.Text.Json;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Testing.Conformance;

public enum ConformanceOutcome
{
    Passed,
    Failed,
    OutOfScope,
}

/// <param name="Reason">Why it failed; null where it has not.</param>
public sealed record ConformanceResult(ConformanceCase Case, ConformanceOutcome Outcome, string? Reason);

/// <summary>Runs tests of ksqlDB's query-validation files, each in an engine of its own, by stream time.</summary>
public static class ConformanceRunner
{
    // What the suite's own runner gives topics that a test does not describe.
    private const int Partitions = 4;

    public static async Task<ConformanceResult> RunAsync(ConformanceCase test, CancellationToken cancellation = default)
    {
        if (test.IsOutOfScope)
            return new(test, ConformanceOutcome.OutOfScope, null);
        string? reason;
        try
        {
            reason = await FailureAsync(test, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException and not OutOfMemoryException)
        {
            reason = $"{error.GetType().Name}: {error.Message}\n{error.StackTrace}";
        }
        return new(test, reason is null ? ConformanceOutcome.Passed : ConformanceOutcome.Failed, reason);
    }

    private static async Task<string?> FailureAsync(ConformanceCase test, CancellationToken cancellation)
    {
        var log = new MemoryLog();
        await using var engine = new SqlEngine(log, new()
        {
            Clock = SqlClock.Stream,
            Functions = TestFunctions.For(test.Statements),
            KeepsOneOrder = true,
        });
        var expected = test.Node.TryGetProperty("expectedException", out var node) ? node : (JsonElement?)null;
        try
        {
            foreach (var topic in test.Records("topics").Where(topic => topic.ValueKind == JsonValueKind.Object))
                log.EnsureTopic(
                    topic.GetProperty("name").GetString()!, topic.TryGetProperty("partitions", out var count) ? count.GetInt32() : 1);
            await ExecuteAsync(test, engine, log, cancellation);
            Feed(test, engine, log);
        }
        catch (SqlException error)
        {
            if (expected is null)
                return $"unexpected error: {error.Message}";
            return ExpectedError.Judge(TextOf(expected.Value, "type"), TextOf(expected.Value, "message"), test.Statements, error);
        }
        if (expected is not null)
            return $"an error is expected: {expected}";
        return OutputsDiffer(test, engine, log) ?? PostConditions.Differ(test, engine.Catalog, log);
    }

    private static async Task ExecuteAsync(ConformanceCase test, SqlEngine engine, MemoryLog log, CancellationToken cancellation)
    {
        var session = new SqlSession();
        session.SetProperty(EngineProperties.OffsetReset, "earliest");
        foreach (var (name, value) in test.Properties)
            session.SetProperty(EngineProperties.WithoutStreams(name), value);
        var parser = new SqlParser(new(test.File, string.Join("\n", test.Statements)), session.Variables);
        while (parser.Next() is { } statement)
        {
            CreateTopic(statement, log);
            _ = await engine.ExecuteAsync(statement, session, cancellation);
        }
        engine.RunUntilIdle();
    }

    /// <summary>Creates the topic of a stream or table, as the suite's own runner does beforehand.</summary>
    private static void CreateTopic(Statement statement, MemoryLog log)
    {
        if (statement is CreateSource source)
            CreateTopic(source.Name, source.With, log);
        else if (statement is CreateAsSelect query)
            CreateTopic(query.Name, query.With, log);
    }

    private static void CreateTopic(string source, PropertyList with, MemoryLog log)
    {
        if (Find("PARTITIONS") is null)
            log.EnsureTopic(Find("KAFKA_TOPIC")?.Value is StringLiteral text ? text.Value : source, Partitions);

        Property? Find(string name) =>
            with.Items.FirstOrDefault(item => string.Equals(item.Name, name, StringComparison.OrdinalIgnoreCase));
    }

    private static void Feed(ConformanceCase test, SqlEngine engine, MemoryLog log)
    {
        foreach (var input in test.Records("inputs"))
        {
            var topic = input.GetProperty("topic").GetString()!;
            _ = log.Append(topic, [RecordCodec.ToRecord(input, SourceOf(topic, engine.Catalog))]);
            engine.RunUntilIdle();
        }
    }

    private static DataSource? SourceOf(string topic, MetaStore catalog) => catalog.Sources.FirstOrDefault(source => source.Topic == topic);

    private static string? OutputsDiffer(ConformanceCase test, SqlEngine engine, MemoryLog log)
    {
        var inputs = test.Records("inputs")
            .GroupBy(record => record.GetProperty("topic").GetString()!)
            .ToDictionary(group => group.Key, group => group.Count());
        foreach (var expected in test.Records("outputs").GroupBy(record => record.GetProperty("topic").GetString()!))
        {
            var source = SourceOf(expected.Key, engine.Catalog);
            // What the test itself put into the topic is no output.
            var actual = log.Read(expected.Key, 0, inputs.GetValueOrDefault(expected.Key), int.MaxValue);
            if (Compare([.. expected], actual, source) is { } difference)
                return $"topic {expected.Key}: {difference}";
        }
        return null;
    }

    private static string? Compare(IReadOnlyList<JsonElement> expected, IReadOnlyList<LogRecord> actual, DataSource? source)
    {
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            if (i >= actual.Count)
                return $"record {i + 1} is missing: {expected[i]}; got {actual.Count}";
            if (i >= expected.Count)
                return $"record {i + 1} is too many: {DecodedRecord.Of(actual[i], source)}";
            if (!Matches(expected[i], actual[i], source))
                return $"record {i + 1} differs\n  expected {expected[i]}\n  actual   {DecodedRecord.Of(actual[i], source)}";
        }
        return null;
    }

    private static bool Matches(JsonElement expected, LogRecord actual, DataSource? source)
    {
        var decoded = DecodedRecord.Of(actual, source);
        if (!JsonMatcher.Matches(Property(expected, "key"), decoded.Key))
            return false;
        if (!JsonMatcher.Matches(Property(expected, "value"), decoded.Value))
            return false;
        if (Property(expected, "timestamp") is { } timestamp && timestamp.GetInt64() != actual.TimestampMs)
            return false;
        if (Property(expected, "headers") is { } headers && !RecordCodec.SameHeaders(headers, actual.Headers))
            return false;
        if (Property(expected, "window") is { } bounds)
            return decoded.Window is { } own && own.Start == bounds.GetProperty("start").GetInt64()
                && own.End == bounds.GetProperty("end").GetInt64();
        return true;
    }

    private static string TextOf(JsonElement node, string name) =>
        node.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    private static JsonElement? Property(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value : null;
}
