using SockSort.Host.Configuration.Secrets;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration;

/// <summary>The file that <c>socksort run</c> is told by.</summary>
public static class ConfigurationFile
{
    /// <summary>Taken from the working folder where no other file is named.</summary>
    public const string DefaultName = "socksort.yaml";

    /// <param name="path">Null: <see cref="DefaultName"/> where it is there, else all defaults.</param>
    /// <param name="secrets">
    /// Finds what <c>${env:…}</c> and <c>${file:…}</c> stand for, as <see cref="ConfigurationSecrets.Resolve"/> does.
    /// </param>
    /// <exception cref="IOException">The file that is named does not exist, or can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be read.</exception>
    public static async Task<ConfigurationResult> ReadAsync(
        string? path, Func<SecretReference, SecretResolution> secrets, CancellationToken cancel)
    {
        var name = path ?? DefaultName;
        var full = Path.GetFullPath(name);
        var isThere = path is not null || File.Exists(full);
        var bytes = isThere ? await ReadBytesAsync(full, cancel) : null;
        return ConfigurationReader.Read(bytes, name, Path.GetDirectoryName(full) ?? full, secrets);
    }

    /// <summary>Reads no more than shows that a file is too large: it may be a device without an end.</summary>
    private static async Task<byte[]> ReadBytesAsync(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[YamlBytes.MostBytes + 1];
        var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return bytes[..length];
    }
}
