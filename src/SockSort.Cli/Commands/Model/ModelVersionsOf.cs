using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Dataset.Storage;
using SockSort.Models.Package;
using SockSort.Models.Versions;

namespace SockSort.Cli.Commands.Model;

/// <summary>The model whose versions a command is about, and what it calls one of them.</summary>
internal static class ModelVersionsOf
{
    public static Option<string> CreateOption() => new("--model")
    {
        Description = "The model's file; its versions lie beside it",
        DefaultValueFactory = _ => ModelPackage.FileName,
        HelpName = "FILE",
    };

    /// <exception cref="CommandException">It lies in a bucket.</exception>
    /// <exception cref="Models.ModelException">It is a folder.</exception>
    public static ModelVersions Open(string model) =>
        StorageLocation.LooksLikeS3(model)
            ? throw new CommandException($"{model}: versions are kept beside a file on this machine; copy the model here first")
            : new ModelVersions(model);

    /// <summary>Reads what a user names: a version, or a file, here or in a bucket.</summary>
    /// <exception cref="Models.ModelException">There is no such version and no such file, or it is damaged.</exception>
    public static async Task<PackageFile> ReadAsync(ModelVersions versions, string name, CancellationToken cancel)
    {
        using var staged = await StagedPath.FetchedAsync(name, cancel);
        return versions.Open(staged.LocalPath);
    }
}
