using System.Runtime.InteropServices;

namespace SockSort.Client.Prompt;

/// <summary>Handles Ctrl-C while statements run.</summary>
public static class Interrupts
{
    /// <summary>Runs statements so that Ctrl-C cancels them but does not end the process.</summary>
    public static async Task<bool> RunAsync(Func<CancellationToken, Task<bool>> run)
    {
        using var ended = new CancellationTokenSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            ended.Cancel();
        });
        try
        {
            return await run(ended.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
