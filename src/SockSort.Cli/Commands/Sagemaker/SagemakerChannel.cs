using SockSort.Dataset.Photos;

namespace SockSort.Cli.Commands.Sagemaker;

/// <summary>Photos that SageMaker has brought.</summary>
/// <param name="Folder">Of the channel.</param>
/// <param name="Sources">Record files, or one list, manifest or folder of class folders.</param>
/// <param name="Root">Where the paths of a list of another channel start from; null = no such list.</param>
internal sealed record SagemakerChannel(string Folder, IReadOnlyList<string> Sources, string? Root)
{
    /// <exception cref="PhotoSetException">They are no set of photos.</exception>
    public Task<PhotoSet> OpenAsync(CancellationToken cancel) => Sources.Count > 1
        ? Task.FromResult(PhotoSet.OfRecords(Folder, Sources))
        : PhotoSet.OpenAsync(Sources[0], Root, cancel);
}
