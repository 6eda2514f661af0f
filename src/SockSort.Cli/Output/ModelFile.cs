using SockSort.Dataset.Storage;
using SockSort.Models;
using SockSort.Models.Package;

namespace SockSort.Cli.Output;

/// <summary>A model package that a command line names: here, or in a bucket.</summary>
internal static class ModelFile
{
    /// <exception cref="ModelException">It is no whole package.</exception>
    /// <exception cref="StorageException">It is in a bucket that cannot be read.</exception>
    public static async Task<ModelPackage> ReadAsync(string path, CancellationToken cancel)
    {
        using var staged = await StagedPath.FetchedAsync(path, cancel);
        return ModelPackage.Read(staged.LocalPath);
    }
}
