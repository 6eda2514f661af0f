using System.Runtime.InteropServices;

namespace SockSort.Cli.Output;

/// <summary>
/// Takes SIGINT and SIGTERM from a command's start on: the library does so only once the command has awaited something, and until then they
/// would end the program at once, whatever it has begun. A second signal is left to the system.
/// </summary>
internal sealed class EarlySignals : IDisposable
{
    private readonly CancellationTokenSource _cancelled = new();
    private readonly PosixSignalRegistration[] _registered;
    private int _taken;

    public EarlySignals() => _registered =
        [PosixSignalRegistration.Create(PosixSignal.SIGINT, Take), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take)];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _cancelled.Token;

    public void Dispose()
    {
        // A signal may be under way on a thread of its own, so what it cancels stays; there is nothing in it to give back.
        foreach (var registration in _registered)
            registration.Dispose();
    }

    private void Take(PosixSignalContext signal)
    {
        if (Interlocked.Exchange(ref _taken, 1) == 1)
            return;
        signal.Cancel = true;
        _cancelled.Cancel();
    }
}
