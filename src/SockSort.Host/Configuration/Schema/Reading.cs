using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Secrets;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>
/// The state of one reading of a configuration file: the inputs that every value needs, and the mistakes and places that it collects.
/// </summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="folder">The absolute path to which relative paths are resolved.</param>
internal sealed class Reading(string file, string folder, Func<SecretReference, SecretResolution> secrets)
{
    private readonly List<ConfigurationMistake> _mistakes = [];
    private readonly Dictionary<string, ConfigurationPlace> _places = [];

    public List<ConfigurationMistake> Mistakes => _mistakes;

    public Dictionary<string, ConfigurationPlace> Places => _places;

    /// <summary>The absolute path to which relative paths are resolved.</summary>
    public string Folder => folder;

    /// <summary>The place that stands for the whole file.</summary>
    public ConfigurationPlace Start { get; } = new(file, 0, 0);

    /// <summary>The place of the key's value, or of the nearest enclosing key that the file sets.</summary>
    public ConfigurationPlace PlaceOf(string key) => new WrittenPlaces(Start, _places).Of(key);

    /// <summary>Replaces the placeholders of secrets; returns null, and adds a mistake, if one cannot be resolved.</summary>
    public ResolvedText? Resolve(YamlScalar scalar, string key)
    {
        var (text, problems) = Placeholders.Resolve(scalar.Text, folder, secrets);
        foreach (var (problem, hint) in problems)
            Report(scalar.Place, key, problem, hint);
        return text;
    }

    public void Report(ConfigurationPlace place, string key, string problem, string? hint = null) =>
        _mistakes.Add(new ConfigurationMistake(place, key, problem, hint));

    /// <summary>Stores the place of a key's value.</summary>
    public void StorePlace(string key, ConfigurationPlace place) => _places[key] = place;
}
