using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Configuration.Values;

namespace SockSort.Host.Configuration.Sections;

/// <summary>The keys of an entry of <c>retention</c>.</summary>
internal static class RetentionKeys
{
    /// <summary>The name of the entry for topics that have none of their own.</summary>
    private const string Default = "default";

    // The longest topic name that Kafka allows.
    private const int MostCharacters = 249;

    private static readonly ConfigurationKey<TimeSpan?> Time = new(
        "time", new LimitType<TimeSpan>("forever", DurationType.OfRetention), "Records that are older may go.")
    { DefaultWords = "that of the entry default, else forever", Example = "30d" };

    private static readonly ConfigurationKey<long?> Size = new(
        "size", new LimitType<long>("unlimited", SizeType.One), "The oldest records beyond this many bytes may go.")
    { DefaultWords = "that of the entry default, else unlimited", Example = "1GiB" };

    private static readonly Section<Entry> Rule = new([Time, Size], values => new Entry(
        values.Has(Time), values.Has(Size), new RetentionRule { Time = values.Of(Time), SizeBytes = values.Of(Size) }));

    public static NamedType<Entry> Section { get; } = new(Rule, "mapping of topics", "TOPIC", NameProblem);

    public static RetentionConfiguration Build(IReadOnlyList<KeyValuePair<string, Entry>> entries)
    {
        var all = entries.FirstOrDefault(entry => entry.Key == Default).Value?.Rule ?? new RetentionRule();
        var topics = new OrderedDictionary<string, RetentionRule>();
        foreach (var (topic, entry) in entries.Where(entry => entry.Key != Default))
        {
            topics[topic] = new RetentionRule
            {
                Time = entry.HasTime ? entry.Rule.Time : all.Time,
                SizeBytes = entry.HasSize ? entry.Rule.SizeBytes : all.SizeBytes,
            };
        }
        return new RetentionConfiguration { Default = all, Topics = topics };
    }

    private static string? NameProblem(string topic)
    {
        var isName = topic.Length is > 0 and <= MostCharacters && topic.All(IsPlain) && topic is not ("." or "..");
        return isName ? null : "a topic's name has 1 to 249 letters, digits, '.', '_' and '-'";
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-';

    /// <summary>An entry as it is written, before the values that it lacks are taken from the entry <c>default</c>.</summary>
    internal sealed record Entry(bool HasTime, bool HasSize, RetentionRule Rule);
}
