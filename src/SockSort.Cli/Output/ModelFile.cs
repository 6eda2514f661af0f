using SockSort.Dataset.Storage;
using SockSort.Models;
using SockSort.Models.Package;
using SockSort.Models.Versions;

namespace SockSort.Cli.Output;

/// <summary>Reads a model package that a command line names, from a file or a bucket.</summary>
internal static class ModelFile
{
    /// <summary>The same, with its version.</summary>
    /// <exception cref="ModelException">The file is not a complete package.</exception>
    /// <exception cref="StorageException">The bucket cannot be read.</exception>
    public static async Task<PackageFile> ReadVersionAsync(string path, CancellationToken cancel)
    {
        using var staged = await StagedPath.FetchedAsync(path, cancel);
        return PackageFile.Read(staged.LocalPath);
    }

    /// <returns>Where it can be followed and replaced: a file of this machine; null for a folder, and for a bucket.</returns>
    public static string? FileOf(string path) => StorageLocation.LooksLikeS3(path) || Directory.Exists(path) ? null : path;

    /// <exception cref="ModelException">The file is not a complete package.</exception>
    /// <exception cref="StorageException">The bucket cannot be read.</exception>
    public static async Task<ModelPackage> ReadAsync(string path, CancellationToken cancel)
    {
        using var staged = await StagedPath.FetchedAsync(path, cancel);
        return ModelPackage.Read(staged.LocalPath);
    }
}
