namespace SockSort.Host.Configuration.Settings;

/// <summary>How long the records of topics are kept.</summary>
public sealed record RetentionConfiguration : ConfigurationSection
{
    /// <summary>Of topics that have no entry of their own. Key <c>default</c>.</summary>
    public RetentionRule Default { get; init; } = new();

    /// <summary>By the topic's name; what an entry leaves out is taken from <see cref="Default"/>.</summary>
    public IReadOnlyDictionary<string, RetentionRule> Topics { get; init; } = new Dictionary<string, RetentionRule>();

    public RetentionRule Of(string topic) => Topics.GetValueOrDefault(topic, Default);
}
