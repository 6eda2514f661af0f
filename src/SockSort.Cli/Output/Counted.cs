namespace SockSort.Cli.Output;

/// <summary>Formats counts with their nouns and verbs.</summary>
internal static class Counted
{
    /// <summary><c>1 frame</c>, <c>2 frames</c>.</summary>
    /// <param name="noun">The singular; the plural gets an s.</param>
    public static string Of(long number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    /// <summary>The verb that follows the count.</summary>
    public static string Were(long number) => number == 1 ? "was" : "were";
}
