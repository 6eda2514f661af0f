namespace SockSort.Cli.Output;

/// <summary>The exit codes of commands that run until they are cancelled.</summary>
internal static class Endings
{
    /// <summary>
    /// Returns the exit code of the run, or <see cref="ExitCode.Done"/> if it was cancelled before it had started completely.
    /// </summary>
    public static async Task<int> CancelledAsDoneAsync(Task<int> run, CancellationToken cancellation)
    {
        try
        {
            return await run;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
    }
}
