using SockSort.Dataset.Storage;
using SockSort.Models;
using SockSort.Models.Package;

namespace SockSort.Cli.Output;

/// <summary>Reads a model package that a command line names, from a file or a bucket.</summary>
internal static class ModelFile
{
    /// <exception cref="ModelException">The file is not a complete package.</exception>
    /// <exception cref="StorageException">The bucket cannot be read.</exception>
    public static async Task<ModelPackage> ReadAsync(string path, CancellationToken cancel)
    {
        using var staged = await StagedPath.FetchedAsync(path, cancel);
        return ModelPackage.Read(staged.LocalPath);
    }
}
