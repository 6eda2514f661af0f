using System.Text;
using SockSort.Log;

namespace SockSort.Connect.Worker;

/// <summary>
/// Remembers, in the state of the log, the connectors that users have stopped, so that they stay stopped when the program restarts. The
/// paused state is kept together with the configuration, not here.
/// </summary>
internal sealed class StoppedMarks(ILog log)
{
    private const string Owner = "_socksort_connect_stopped";

    private static readonly byte[] Mark = [1];

    public bool Has(string connector) => log.FindState(Owner, KeyOf(connector)) is not null;

    /// <exception cref="LogException">The mark can't be stored.</exception>
    public Task SetAsync(string connector) => ChangeAsync(connector, Mark);

    /// <exception cref="LogException">The mark can't be stored.</exception>
    public Task ClearAsync(string connector) => Has(connector) ? ChangeAsync(connector, value: null) : Task.CompletedTask;

    private Task ChangeAsync(string connector, byte[]? value) =>
        log.CommitAsync(new LogCommit { States = [new StateChange(Owner, KeyOf(connector), value)] }, CancellationToken.None);

    private static byte[] KeyOf(string connector) => Encoding.UTF8.GetBytes(connector);
}
