namespace SockSort.Cli.Output;

/// <summary>Tells errors that speak to the user for themselves from faults of the program.</summary>
internal static class ExpectedErrors
{
    /// <summary>Our own errors and the system's are expected; anything else is a fault of the program.</summary>
    public static bool Is(Exception error) =>
        error.GetType().Namespace?.StartsWith("SockSort", StringComparison.Ordinal) == true
        || error is IOException or UnauthorizedAccessException or PlatformNotSupportedException;
}
