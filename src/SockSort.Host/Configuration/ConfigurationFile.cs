using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Secrets;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration;

/// <summary>Reads the configuration file of <c>socksort run</c>.</summary>
public static class ConfigurationFile
{
    /// <summary>The file in the working folder that is used if no other file is named.</summary>
    public const string DefaultName = "socksort.yaml";

    /// <param name="path">The file; null uses <see cref="DefaultName"/> if it exists, otherwise all defaults.</param>
    /// <param name="secrets">
    /// Resolves <c>${env:…}</c> and <c>${file:…}</c>, as <see cref="ConfigurationSecrets.Resolve"/> does.
    /// </param>
    /// <returns>The configuration, with a mistake if the named file does not exist or cannot be read.</returns>
    public static async Task<ConfigurationResult> ReadAsync(
        string? path, Func<SecretReference, SecretResolution> secrets, CancellationToken cancel)
    {
        var name = path ?? DefaultName;
        var full = Path.GetFullPath(name);
        var folder = Path.GetDirectoryName(full) ?? full;
        if (path is null && !File.Exists(full))
            return ConfigurationReader.Read(bytes: null, name, folder, secrets);
        try
        {
            return ConfigurationReader.Read(await ReadBytesAsync(full, cancel), name, folder, secrets);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var defaults = ConfigurationReader.Read(bytes: null, name, folder, secrets);
            return defaults with { Mistakes = [Unreadable(name, error)] };
        }
    }

    private static ConfigurationMistake Unreadable(string name, Exception error)
    {
        var isMissing = error is FileNotFoundException or DirectoryNotFoundException;
        var problem = isMissing ? "does not exist" : $"can't be read ({error.Message})";
        var hint = "name a configuration file; 'socksort config example' prints one";
        return new ConfigurationMistake(new ConfigurationPlace(name, 0, 0), "", problem, hint);
    }

    /// <summary>Reads only as much as shows that a file is too large, since it may be a device without an end.</summary>
    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[YamlBytes.MostBytes + 1];
        var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return bytes[..length];
    }
}
