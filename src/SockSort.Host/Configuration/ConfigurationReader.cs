using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Secrets;
using SockSort.Host.Configuration.Sections;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration;

/// <summary>Parses the bytes of a configuration file.</summary>
internal static class ConfigurationReader
{
    /// <param name="bytes">The file's bytes; null if there is no file, which makes everything a default.</param>
    /// <param name="file">The file as the user named it, for mistakes.</param>
    /// <param name="folder">The absolute path to which relative paths are resolved.</param>
    public static ConfigurationResult Read(
        byte[]? bytes, string file, string folder, Func<SecretReference, SecretResolution> secrets)
    {
        var reading = new Reading(file, folder, secrets);
        var node = NodeOf(bytes, file, reading.Mistakes);
        _ = RunKeys.Section.TryRead(node ?? new YamlMapping(reading.Start, []), "", reading, out var configuration);
        configuration ??= Defaults.Read(RunKeys.Section, "{}", folder)!;
        var places = new WrittenPlaces(reading.Start, reading.Places) { IsThere = bytes is not null };
        var mistakes = reading.Mistakes.OrderBy(mistake => mistake.Place.Line).ThenBy(mistake => mistake.Place.Column);
        return new ConfigurationResult(configuration with { Places = places }, [.. mistakes]);
    }

    private static YamlNode? NodeOf(byte[]? bytes, string file, ICollection<ConfigurationMistake> mistakes)
    {
        if (bytes is null)
            return null;
        return YamlBytes.Decode(bytes, file, mistakes) is { } text ? YamlReader.Read(file, text, mistakes) : null;
    }
}
