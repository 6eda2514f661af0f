namespace SockSort.Dataset.Photos;

/// <summary>One sock, or the background, and its photos.</summary>
/// <param name="Folder">Name of the folder, without its path; <c>class-2</c> where only the number 2 is known.</param>
/// <param name="Label">The shown name; see <see cref="ClassLabel"/>.</param>
/// <param name="Photos">At least one; of a folder in code-point order, else in the order of the list or the records.</param>
public sealed record PhotoClass(string Folder, string Label, IReadOnlyList<Photo> Photos)
{
    /// <summary>What im2rec writes for it: the number in the list or the records; of folders their place, from 0.</summary>
    public int Number { get; init; }

    /// <summary>
    /// Whether somebody named it: a folder, or a list of names. Else folder and label are made from <see cref="Number"/>.
    /// </summary>
    public bool IsNamed { get; init; } = true;
}
