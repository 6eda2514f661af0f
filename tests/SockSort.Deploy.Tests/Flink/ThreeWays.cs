using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Testing;

namespace SockSort.Deploy.Tests.Flink;

/// <summary>The same script over the same records: through the embedded engine, through the engine on Kafka, and through Flink.</summary>
/// <param name="name">Parts the topics from those of other tests.</param>
/// <param name="script">Its topics to write begin with <c>OUT.</c>, which becomes another word for each of the three.</param>
/// <param name="inputs">The topics to read and their records.</param>
internal sealed partial class ThreeWays(
    RealFlink flink, string name, string script, IReadOnlyDictionary<string, IReadOnlyList<NewRecord>> inputs)
{
    private const string Out = "OUT.";

    private const int BatchSize = 5000;

    // Jobs begin one after the other, and all of them share what two cores have.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private IEnumerable<string> Outputs => Written().Matches(script).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>Runs all three. Every topic has to have some records.</summary>
    /// <returns>For each way, and each topic that it wrote, the sorted records: time, key, and the value's fields by name.</returns>
    public async Task<(Rows Embedded, Rows OnKafka, Rows OnFlink)> RunAsync()
    {
        var (embedded, log) = (await EmbeddedAsync(), flink.Log);
        var written = Outputs.SelectMany(output => (string[])[NameOf("kafka", output), NameOf("flink", output)]);
        foreach (var topic in inputs.Keys.Concat(written))
            log.EnsureTopic(topic);
        await FillAsync(log);
        await RunEngineAsync(log, ScriptOf("kafka"));
        _ = await flink.ApplyAsync(ScriptOf("flink"));
        foreach (var (topic, records) in embedded.ByTopic)
            await Eventually.TrueAsync(() => Count(log, NameOf("flink", topic)) >= records.Count, $"Flink's {topic}", Patience);
        _ = await flink.StopAsync(ScriptOf("flink"));
        return (embedded, RowsOf(log, "kafka"), RowsOf(log, "flink"));
    }

    private async Task<Rows> EmbeddedAsync()
    {
        using var log = new MemoryLog();
        await FillAsync(log);
        await RunEngineAsync(log, ScriptOf("embedded"));
        return RowsOf(log, "embedded");
    }

    private async Task FillAsync(ILog log)
    {
        foreach (var (topic, records) in inputs)
        {
            foreach (var batch in records.Chunk(BatchSize))
                _ = await log.AppendAsync(topic, batch);
        }
    }

    private static async Task RunEngineAsync(ILog log, string script)
    {
        await using var engine = new SqlEngine(log, new() { Clock = SqlClock.Stream });
        var session = new SqlSession();
        foreach (var statement in SqlParser.Parse(new("socks.ksql", script)))
            _ = await engine.ExecuteAsync(statement, session);
        engine.RunUntilIdle();
    }

    private string ScriptOf(string way) => script.Replace(Out, NameOf(way, ""), StringComparison.Ordinal);

    private string NameOf(string way, string topic) => $"{name}.{way}.{topic}";

    private static long Count(ILogReader log, string topic) => log.PartitionsOf(topic).Sum(partition => partition.EndOffset);

    private Rows RowsOf(ILogReader log, string way) => new(Outputs.ToDictionary(
        topic => topic,
        topic => log.Batches(NameOf(way, topic), 0, 0).SelectMany(batch => batch).Select(Shown).Order(StringComparer.Ordinal).ToList()));

    /// <summary>A record with its value's fields in the order of their names, and numbers in one form.</summary>
    private static string Shown(LogRecord record)
    {
        var key = record.Key is { } bytes ? Convert.ToHexString(bytes.Span) : "null";
        var fields = JsonNode.Parse(Encoding.UTF8.GetString(record.Value!.Value.Span))!.AsObject()
            .OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={Shown(field.Value)}");
        return $"{record.TimestampMs} {key} {string.Join(", ", fields)}";
    }

    private static string Shown(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number
        ? ((double)value).ToString("R", CultureInfo.InvariantCulture)
        : value?.ToJsonString() ?? "null";

    [GeneratedRegex(@"'OUT\.(\w+)'")]
    private static partial Regex Written();

    /// <summary>Records by the topic's name without the way's word.</summary>
    internal sealed record Rows(IReadOnlyDictionary<string, List<string>> ByTopic)
    {
        /// <summary>All of them, each with its topic.</summary>
        public IEnumerable<string> All => ByTopic.SelectMany(topic => topic.Value.Select(row => $"{topic.Key}: {row}"));
    }
}
