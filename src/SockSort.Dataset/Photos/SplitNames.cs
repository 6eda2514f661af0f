namespace SockSort.Dataset.Photos;

/// <summary>What folders and lists are called that say what photos are for.</summary>
public static class SplitNames
{
    /// <summary>What is learnt from.</summary>
    public const string Train = "train";

    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = Train,
        ["training"] = Train,
        ["val"] = "val",
        ["valid"] = "val",
        ["validation"] = "val",
        ["test"] = "test",
        ["testing"] = "test",
    };

    /// <returns><c>train</c>, <c>val</c> or <c>test</c>; null for another name.</returns>
    public static string? Of(string name) => Names.GetValueOrDefault(name);
}
