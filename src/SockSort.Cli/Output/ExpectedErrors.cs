using SockSort.Shared;

namespace SockSort.Cli.Output;

/// <summary>Tells errors that speak to the user for themselves from faults of the program.</summary>
internal static class ExpectedErrors
{
    /// <summary>Our own errors, and the system's of files, rights and platforms; anything else is a fault of the program.</summary>
    public static bool Is(Exception error) =>
        error is ExpectedException or IOException or UnauthorizedAccessException or PlatformNotSupportedException;
}
