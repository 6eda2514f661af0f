namespace SockSort.Cli.Output;

/// <summary>How commands end that run until they are told to end.</summary>
internal static class Endings
{
    /// <summary>As the run ends; done, too, where it was told to end before it had started whole.</summary>
    public static async Task<int> OrdinaryAsync(Task<int> run, CancellationToken cancellation)
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
