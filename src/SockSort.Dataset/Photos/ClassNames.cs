namespace SockSort.Dataset.Photos;

/// <summary>What the numbers of a list or of records mean.</summary>
/// <param name="source">The file that they stand in, for errors.</param>
/// <param name="names">Index = number; not empty.</param>
public sealed class ClassNames(string source, IReadOnlyList<string> names)
{
    /// <summary>Index = number.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <exception cref="PhotoSetException">It names fewer classes.</exception>
    internal string Of(int number, string photos) =>
        number < Names.Count ? Names[number] : throw PhotoSetErrors.NameMissing(photos, number, source, Names.Count);
}
