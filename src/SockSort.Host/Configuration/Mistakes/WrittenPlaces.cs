namespace SockSort.Host.Configuration.Mistakes;

/// <summary>The place of each key's value in the file.</summary>
/// <param name="file">The place that stands for the whole file.</param>
internal sealed class WrittenPlaces(ConfigurationPlace file, IReadOnlyDictionary<string, ConfigurationPlace> places)
{
    /// <summary>The places of a configuration without a file.</summary>
    public static WrittenPlaces None { get; } = new(new ConfigurationPlace("", 0, 0), new Dictionary<string, ConfigurationPlace>());

    /// <summary>Whether the file exists.</summary>
    public bool IsThere { get; init; } = true;

    /// <summary>Whether the file sets the key.</summary>
    public bool Has(string key) => places.ContainsKey(key);

    /// <summary>The place of the key's value, or of the nearest enclosing key that the file sets.</summary>
    public ConfigurationPlace Of(string key)
    {
        for (var part = key; part.Length > 0; part = Around(part))
        {
            if (places.TryGetValue(part, out var place))
                return place;
        }
        return file;
    }

    private static string Around(string key) => key[..Math.Max(0, key.LastIndexOfAny(['.', '[']))];
}
