using System.Text.RegularExpressions;
using SockSort.Shared;

namespace SockSort.Connect.Configuration;

/// <summary>
/// Replaces <c>${file:PATH:NAME}</c> in configuration values by entries of <c>.properties</c> files below one folder. A PATH
/// beginning with <c>/</c> begins at that folder: <c>/scripts/credentials.properties</c> is <c>DIR/scripts/credentials.properties</c>.
/// <c>${env:NAME}</c> is replaced by an environment variable whose name begins with <c>CONNECT_</c> or <c>MQTT_</c>.
/// </summary>
/// <param name="directory">The folder of secrets; null where there is none, which makes a <c>${file:…}</c> placeholder an error.</param>
/// <param name="variable">Reads an environment variable; null, the default, reads those of the process.</param>
/// <remarks>
/// The syntax comes from Kafka's FileConfigProvider and EnvVarConfigProvider; its <c>allowlist.pattern</c> is fixed here.
/// </remarks>
public sealed partial class Secrets(string? directory, Func<string, string?>? variable = null)
{
    // Without this list, anyone who may create a connector could send any variable to a broker of their own.
    private static readonly string[] AllowedPrefixes = ["CONNECT_", "MQTT_"];

    private readonly Func<string, string?> _variable = variable ?? Environment.GetEnvironmentVariable;

    /// <summary>Returns the values with their secrets filled in. Errors name the key, the file and the entry, never a value.</summary>
    /// <exception cref="ConnectException">A secret can't be found (<see cref="ConnectErrorKind.Secret"/>).</exception>
    internal Dictionary<string, string> Resolve(string connector, IReadOnlyDictionary<string, string> configuration)
    {
        var files = new Dictionary<string, Dictionary<string, string>>();
        return configuration.ToDictionary(entry => entry.Key, entry =>
            Placeholder().Replace(entry.Value, found => Find(connector, entry.Key, found, files)));
    }

    private string Find(string connector, string key, Match placeholder, Dictionary<string, Dictionary<string, string>> files)
    {
        var inner = placeholder.Groups["inner"].Value;
        if (placeholder.Groups["provider"].Value == "env")
            return Variable(connector, key, inner);
        var colon = inner.LastIndexOf(':');
        if (placeholder.Groups["provider"].Value != "file" || colon <= 0 || colon == inner.Length - 1)
            throw ConnectErrors.SecretSyntax(connector, key, placeholder.Value);
        var (path, name) = (inner[..colon], inner[(colon + 1)..]);
        if (!files.TryGetValue(path, out var entries))
            files[path] = entries = Read(connector, key, path);
        return entries.TryGetValue(name, out var value)
            ? value
            : throw ConnectErrors.SecretName(connector, key, FileOf(connector, key, path), name, entries.Keys);
    }

    private string Variable(string connector, string key, string name)
    {
        if (!AllowedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            throw ConnectErrors.SecretVariableNotAllowed(connector, key, name);
        return _variable(name) ?? throw ConnectErrors.SecretVariable(connector, key, name);
    }

    private Dictionary<string, string> Read(string connector, string key, string path)
    {
        var file = FileOf(connector, key, path);
        try
        {
            return PropertiesFile.Parse(File.ReadAllText(file));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ConnectErrors.SecretFile(connector, key, file, "does not exist");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ConnectErrors.SecretFile(connector, key, file, "can't be read");
        }
        catch (FormatException error)
        {
            throw ConnectErrors.SecretFile(connector, key, file, $"is no properties file ({error.Message})");
        }
    }

    private string FileOf(string connector, string key, string path)
    {
        var root = Path.GetFullPath(directory ?? throw ConnectErrors.SecretsUnset(connector, key));
        var file = Path.GetFullPath(Path.Combine(root, path.TrimStart('/')));
        // All symbolic links are followed, so that a link can't lead outside the folder either.
        return IsBelow(root, file) && IsBelow(FollowedPath.Of(root), FollowedPath.Of(file))
            ? file
            : throw ConnectErrors.SecretOutside(connector, key, path);
    }

    private static bool IsBelow(string root, string file) => file.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal);

    [GeneratedRegex(@"\$\{(?<provider>[A-Za-z]+):(?<inner>[^}]*)\}")]
    private static partial Regex Placeholder();
}
