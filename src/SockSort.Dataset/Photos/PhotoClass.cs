namespace SockSort.Dataset.Photos;

/// <summary>One sock, or the background, and its photos.</summary>
/// <param name="Folder">Name of the folder, without its path.</param>
/// <param name="Label">The shown name; see <see cref="ClassLabel"/>.</param>
/// <param name="Photos">Paths of the photos in code-point order, at least one.</param>
public sealed record PhotoClass(string Folder, string Label, IReadOnlyList<string> Photos)
{
    /// <summary>Whether it shows what the camera sees without a sock.</summary>
    public bool IsBackground => Label == ClassLabel.Background;
}
