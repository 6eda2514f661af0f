namespace SockSort.Host.Configuration.Mistakes;

/// <summary>Where in the file each key's value stands.</summary>
/// <param name="file">The file as a whole.</param>
internal sealed class WrittenPlaces(ConfigurationPlace file, IReadOnlyDictionary<string, ConfigurationPlace> places)
{
    /// <summary>Of no file.</summary>
    public static WrittenPlaces None { get; } = new(new ConfigurationPlace("", 0, 0), new Dictionary<string, ConfigurationPlace>());

    /// <summary>Whether the file is there.</summary>
    public bool IsThere { get; init; } = true;

    /// <summary>Whether the key is written.</summary>
    public bool Has(string key) => places.ContainsKey(key);

    /// <summary>The place of the key's value, or of the nearest key around it that is written.</summary>
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
