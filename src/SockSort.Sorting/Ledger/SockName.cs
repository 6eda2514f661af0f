namespace SockSort.Sorting.Ledger;

/// <summary>What may be the name of a sock.</summary>
public static class SockName
{
    public const int MostCharacters = 100;

    /// <returns>What is wrong with a name, and what to do; null where nothing is.</returns>
    public static string? Problem(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return "the sock has no name; name it";
        if (name.Length > MostCharacters)
            return $"the name has {name.Length} characters; take {MostCharacters} at most";
        if (name.Any(character => char.IsControl(character) || character is '<' or '>'))
            return "the name holds a control character, < or >; leave those out";
        return name.Trim() == name ? null : "the name begins or ends with a blank; leave it out";
    }
}
