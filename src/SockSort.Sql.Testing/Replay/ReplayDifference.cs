using System.Text;
using System.Text.Json;
using SockSort.Sql.Formats;
using SockSort.Sql.Testing.Conformance;

namespace SockSort.Sql.Testing.Replay;

/// <summary>
/// Compares results with an expectation, topic by topic: which records are missing or unexpected, and which fields differ.
/// </summary>
public static class ReplayDifference
{
    private const int Context = 2;

    // A table of all pairs: beyond, records are compared one by one.
    private const int MaxPairs = 4_000_000;

    private static readonly string[] Compared = ["key", "value", "timestamp", "window", "gone"];

    /// <summary>Compares results. A field that a line of the expectation leaves out is not compared.</summary>
    /// <returns>Null where all is as expected; else a text for people: <c>-</c> expected, <c>+</c> came.</returns>
    /// <exception cref="TraceException">
    /// The expectation names a topic that no query writes, or a line lacks the topic where there are several.
    /// </exception>
    public static string? Of(Trace expectation, IReadOnlyList<ReplayOutput> results, IReadOnlyCollection<string> topics)
    {
        var expected = expectation.Lines.GroupBy(line => TopicOf(expectation, line, topics))
            .ToDictionary(group => group.Key, group => group.ToList());
        var text = new StringBuilder();
        foreach (var topic in topics.Where(topic => expected.ContainsKey(topic)))
            Compare(text, topic, expected[topic], [.. results.Where(result => result.Topic == topic)]);
        return text.Length == 0 ? null : text.ToString().TrimEnd();
    }

    private static string TopicOf(Trace expectation, TraceLine line, IReadOnlyCollection<string> topics)
    {
        var known = string.Join(", ", topics);
        if (!line.Node.TryGetProperty("topic", out var topic))
            return topics.Count == 1
                ? topics.First()
                : throw new TraceException($"{expectation.Name}:{line.Number}: which topic? add \"topic\": one of {known}");
        var name = topic.GetString()!;
        return topics.Contains(name)
            ? name
            : throw new TraceException($"{expectation.Name}:{line.Number}: the script writes no topic '{name}'; "
            + $"{Names.DidYouMean(name, topics) ?? $"it writes {known}"}");
    }

    private static void Compare(StringBuilder text, string topic, List<TraceLine> expected, List<ReplayOutput> actual)
    {
        var steps = Steps(expected, actual);
        if (steps.TrueForAll(step => step is { Expected: >= 0, Actual: >= 0 }))
            return;
        _ = text.Append($"topic {topic}: {expected.Count} expected, {actual.Count} came\n");
        var shownTo = -1;
        for (var i = 0; i < steps.Count; i++)
        {
            var near = steps.Skip(Math.Max(0, i - Context)).Take((2 * Context) + 1).Any(step => step.Expected < 0 || step.Actual < 0);
            if (!near)
                continue;
            if (i > shownTo + 1)
                _ = text.Append("   …\n");
            shownTo = i;
            Show(text, steps, i, expected, actual);
        }
        if (shownTo < steps.Count - 1)
            _ = text.Append("   …\n");
        _ = text.Append('\n');
    }

    private static void Show(
        StringBuilder text, List<(int Expected, int Actual)> steps, int at, List<TraceLine> expected, List<ReplayOutput> actual)
    {
        var (left, right) = steps[at];
        if (left >= 0 && right >= 0)
            _ = text.Append($"   {Shown(actual[right].Line)}\n");
        else if (left >= 0)
            _ = text.Append($" - {Shown(expected[left].Node)}   (line {expected[left].Number})\n");
        else
        {
            _ = text.Append($" + {Shown(actual[right].Line)}\n");
            if (Partner(steps, at) is { } partner)
                Fields(text, expected[partner].Node, actual[right].Line);
        }
    }

    /// <summary>
    /// Pairs missing records with unexpected ones right behind them: the first of both are most often the same record with another value,
    /// and so on.
    /// </summary>
    private static int? Partner(List<(int Expected, int Actual)> steps, int at)
    {
        var firstExtra = at;
        while (firstExtra > 0 && steps[firstExtra - 1].Expected < 0)
            firstExtra--;
        var firstMissing = firstExtra;
        while (firstMissing > 0 && steps[firstMissing - 1].Actual < 0)
            firstMissing--;
        var partner = firstMissing + (at - firstExtra);
        return partner < firstExtra ? steps[partner].Expected : null;
    }

    private static void Fields(StringBuilder text, JsonElement expected, JsonElement actual)
    {
        foreach (var name in Compared)
        {
            if (expected.TryGetProperty(name, out var wanted))
                Fields(text, name, wanted, actual.TryGetProperty(name, out var came) ? came : null);
        }
    }

    private static void Fields(StringBuilder text, string path, JsonElement expected, JsonElement? actual)
    {
        if (JsonMatcher.Matches(expected, actual))
            return;
        if (expected.ValueKind == JsonValueKind.Object && actual is { ValueKind: JsonValueKind.Object } came)
        {
            foreach (var field in expected.EnumerateObject()
                .Select(field => field.Name)
                .Union(came.EnumerateObject().Select(field => field.Name)))
                Fields(text, $"{path}.{field}", Find(expected, field), Find(came, field));
        }
        else
            _ = text.Append($"     {path}: {Shown(expected)} expected, {(actual is { } other ? Shown(other) : "nothing")} came\n");
    }

    private static JsonElement Find(JsonElement node, string name) =>
        node.TryGetProperty(name, out var found) ? found : JsonSerializer.SerializeToElement<object?>(null);

    /// <summary>
    /// Finds the pairs that match, in order, with as few left over on both sides as possible; -1 for the absent side. Missing records come
    /// before unexpected ones.
    /// </summary>
    private static List<(int Expected, int Actual)> Steps(List<TraceLine> expected, List<ReplayOutput> actual)
    {
        if ((long)expected.Count * actual.Count > MaxPairs)
            return OneByOne(expected, actual);
        var common = new int[expected.Count + 1, actual.Count + 1];
        for (var i = expected.Count - 1; i >= 0; i--)
        {
            for (var j = actual.Count - 1; j >= 0; j--)
                common[i, j] = Matches(expected[i], actual[j]) ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }
        var steps = new List<(int, int)>();
        for (var (i, j) = (0, 0); i < expected.Count || j < actual.Count;)
        {
            if (i < expected.Count && j < actual.Count && Matches(expected[i], actual[j]))
                steps.Add((i++, j++));
            else if (i < expected.Count && (j == actual.Count || common[i + 1, j] >= common[i, j + 1]))
                steps.Add((i++, -1));
            else
                steps.Add((-1, j++));
        }
        return steps;
    }

    private static List<(int Expected, int Actual)> OneByOne(List<TraceLine> expected, List<ReplayOutput> actual)
    {
        var steps = new List<(int, int)>();
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            if (i < expected.Count && i < actual.Count && Matches(expected[i], actual[i]))
                steps.Add((i, i));
            else
            {
                if (i < expected.Count)
                    steps.Add((i, -1));
                if (i < actual.Count)
                    steps.Add((-1, i));
            }
        }
        return steps;
    }

    private static bool Matches(TraceLine expected, ReplayOutput actual) => Compared.All(name =>
        !expected.Node.TryGetProperty(name, out var wanted)
            || JsonMatcher.Matches(wanted, actual.Line.TryGetProperty(name, out var came) ? came : null));

    /// <summary>Shows a record without the topic, which stands above.</summary>
    private static string Shown(JsonElement node) => node.ValueKind != JsonValueKind.Object
        ? JsonSerializer.Serialize(node, JsonText.Compact)
        : JsonSerializer.Serialize(
            node.EnumerateObject().Where(field => field.Name != "topic").ToDictionary(field => field.Name, field => field.Value),
            JsonText.Compact);
}
