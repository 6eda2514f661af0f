using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Secrets;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>One reading of a configuration file: what every value needs to be read, and what comes out beside the values.</summary>
/// <param name="file">As the user named it.</param>
/// <param name="folder">Absolute; relative paths begin there.</param>
internal sealed class Reading(string file, string folder, Func<SecretReference, SecretResolution> secrets)
{
    private readonly List<ConfigurationMistake> _mistakes = [];
    private readonly Dictionary<string, ConfigurationPlace> _places = [];

    public List<ConfigurationMistake> Mistakes => _mistakes;

    public Dictionary<string, ConfigurationPlace> Places => _places;

    /// <summary>Absolute; relative paths begin there.</summary>
    public string Folder => folder;

    /// <summary>The file as a whole.</summary>
    public ConfigurationPlace Start { get; } = new(file, 0, 0);

    /// <summary>The place of the key's value, or of the nearest key around it that is written.</summary>
    public ConfigurationPlace PlaceOf(string key) => new WrittenPlaces(Start, _places).Of(key);

    /// <summary>The text with its secrets put in; null, with a mistake, where one can't be found.</summary>
    public ResolvedText? Resolve(YamlScalar scalar, string key)
    {
        var (text, problems) = Placeholders.Resolve(scalar.Text, folder, secrets);
        foreach (var (problem, hint) in problems)
            Tell(scalar.Place, key, problem, hint);
        return text;
    }

    public void Tell(ConfigurationPlace place, string key, string problem, string? hint = null) =>
        _mistakes.Add(new ConfigurationMistake(place, key, problem, hint));

    /// <summary>Remembers where the value of a key stands.</summary>
    public void Note(string key, ConfigurationPlace place) => _places[key] = place;
}
