using Microsoft.Extensions.Hosting;

namespace SockSort.Host.Listening;

/// <summary>The host's own would take Ctrl-C away from the command that serves.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
