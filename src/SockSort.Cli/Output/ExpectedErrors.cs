using SockSort.Shared;

namespace SockSort.Cli.Output;

/// <summary>Distinguishes errors whose message is for the user from bugs in the program.</summary>
internal static class ExpectedErrors
{
    /// <summary>True for our own errors, and for the system's errors about files, permissions and platforms; others are bugs.</summary>
    public static bool Is(Exception error) =>
        error is ExpectedException or IOException or UnauthorizedAccessException or PlatformNotSupportedException;
}
