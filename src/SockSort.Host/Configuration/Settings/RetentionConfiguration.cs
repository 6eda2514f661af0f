namespace SockSort.Host.Configuration.Settings;

/// <summary>The retention of the topics.</summary>
public sealed record RetentionConfiguration : ConfigurationSection
{
    /// <summary>The rule of topics that have no entry of their own. Key <c>default</c>.</summary>
    public RetentionRule Default { get; init; } = new();

    /// <summary>Rules by topic name; values that an entry lacks are taken from <see cref="Default"/>.</summary>
    public IReadOnlyDictionary<string, RetentionRule> Topics { get; init; } = new Dictionary<string, RetentionRule>();

    public RetentionRule Of(string topic) => Topics.GetValueOrDefault(topic, Default);
}
