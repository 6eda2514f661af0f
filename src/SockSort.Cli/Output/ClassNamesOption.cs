using System.CommandLine;
using SockSort.Dataset.Photos;
using SockSort.Dataset.Storage;
using SockSort.Models.Package;

namespace SockSort.Cli.Output;

/// <summary>The option <c>--class-names</c>: names for the class numbers of records.</summary>
internal static class ClassNamesOption
{
    public static Option<string?> Create() => new("--class-names")
    {
        Description = "Names of the classes of a .rec or .lst, one a line, from number 0; here or s3://. By default the folders in the "
            + "list beside it",
        HelpName = "FILE",
    };

    /// <returns>Null if the option is not given.</returns>
    public static async Task<ClassNames?> ReadAsync(string? path, CancellationToken cancel)
    {
        if (path is null)
            return null;
        using var file = await StagedPath.FetchedAsync(path, cancel);
        return new ClassNames(path, ModelPackage.ReadLabels(file.LocalPath));
    }
}
