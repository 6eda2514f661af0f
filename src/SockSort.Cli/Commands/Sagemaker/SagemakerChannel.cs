using SockSort.Dataset.Photos;

namespace SockSort.Cli.Commands.Sagemaker;

/// <summary>A SageMaker channel of photos.</summary>
/// <param name="Folder">The folder of the channel.</param>
/// <param name="Sources">The record files, or one list, manifest or folder of class folders.</param>
/// <param name="Root">The root of the paths in a list from another channel; null if there is no such list.</param>
internal sealed record SagemakerChannel(string Folder, IReadOnlyList<string> Sources, string? Root)
{
    /// <exception cref="PhotoSetException">The sources are not a set of photos.</exception>
    public Task<PhotoSet> OpenAsync(CancellationToken cancel) => Sources.Count > 1
        ? Task.FromResult(PhotoSet.OfRecords(Folder, Sources))
        : PhotoSet.OpenAsync(Sources[0], Root, cancel);
}
