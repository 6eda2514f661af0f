using SockSort.Host.Configuration.Mistakes;
using SockSort.Shared;

namespace SockSort.Host.Configuration.Secrets;

/// <summary>
/// Resolves secrets from the environment and from properties files. A file's path is relative to the configuration file's folder, with or
/// without a leading <c>/</c>, and must not leave that folder even through links.
/// </summary>
/// <param name="readProperties">
/// Parses a properties file; throws a <see cref="FormatException"/> whose message names the line if the text is invalid.
/// </param>
/// <param name="readVariable">Reads an environment variable; null, the default, reads those of the process.</param>
public sealed class ConfigurationSecrets(
    Func<string, IReadOnlyDictionary<string, string>> readProperties, Func<string, string?>? readVariable = null)
{
    private readonly Func<string, string?> _readVariable = readVariable ?? Environment.GetEnvironmentVariable;

    /// <summary>Resolves a placeholder. A failure names file and entry, never a value.</summary>
    public SecretResolution Resolve(SecretReference reference) =>
        reference.Provider == "env" ? ResolveVariable(reference.Name) : ResolveEntry(reference);

    private SecretResolution ResolveVariable(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal) || name.Contains('=', StringComparison.Ordinal))
            return SecretResolution.Missing("asks for an environment variable whose name can't be one", "write ${env:NAME}");
        var hint = $"set {name}, or use ${{file:PATH:NAME}}";
        return _readVariable(name) is { } value
            ? SecretResolution.Found(value)
            : SecretResolution.Missing($"asks for the environment variable {name}, which is not set", hint);
    }

    private SecretResolution ResolveEntry(SecretReference reference)
    {
        if (FileOf(reference) is not { } file)
        {
            return SecretResolution.Missing($"asks for the file {reference.Path}, which lies outside the configuration file's folder",
                "keep it in that folder or below it");
        }
        try
        {
            var entries = readProperties(File.ReadAllText(file));
            return entries.TryGetValue(reference.Name, out var value)
                ? SecretResolution.Found(value)
                : SecretResolution.Missing($"asks for {reference.Name}, which {file} lacks", HintFor(reference.Name, entries.Keys));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            var hint = $"make it, with a line {reference.Name}=VALUE";
            return SecretResolution.Missing($"asks for {reference.Name} of {file}, which does not exist", hint);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return SecretResolution.Missing($"asks for {reference.Name} of {file}, which can't be read", "let this user read it");
        }
        catch (FormatException error)
        {
            return SecretResolution.Missing($"asks for {reference.Name} of {file}, which is no properties file ({error.Message})");
        }
    }

    // Not all names are listed: if the file is not a properties file after all, a name may itself be the secret.
    private static string HintFor(string name, IEnumerable<string> known) =>
        NearestName.To(name, known) is { } nearest ? $"nearest: {nearest}" : "an entry is a line NAME=VALUE";

    /// <summary>The path of the file; null if it lies outside the folder.</summary>
    private static string? FileOf(SecretReference reference)
    {
        if (reference.Path.Contains('\0', StringComparison.Ordinal))
            return null;
        var file = Path.GetFullPath(Path.Combine(reference.Folder, reference.Path.TrimStart('/')));
        var isBelow = IsBelow(reference.Folder, file) && IsBelow(FollowedPath.Of(reference.Folder), FollowedPath.Of(file));
        return isBelow ? file : null;
    }

    private static bool IsBelow(string folder, string file) => file.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
