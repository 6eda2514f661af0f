namespace SockSort.Cli.Output;

/// <summary>Numbers of things, in words.</summary>
internal static class Counted
{
    /// <summary><c>1 frame</c>, <c>2 frames</c>.</summary>
    /// <param name="noun">In the singular; the plural has an s.</param>
    public static string Of(long number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    /// <summary>The verb that follows.</summary>
    public static string Were(long number) => number == 1 ? "was" : "were";
}
