namespace SockSort.Dataset.Lists;

/// <summary>One photo that was found under a root.</summary>
/// <param name="Id">0, 1, 2, ... in the order in which the photos were found.</param>
/// <param name="Label">0, 1, 2, ... in the order in which folders with photos were met.</param>
/// <param name="Path">Relative to the root, with <c>/</c>.</param>
public readonly record struct ListedPhoto(int Id, int Label, string Path);
