using Microsoft.Extensions.Hosting;

namespace SockSort.Host.Listening;

/// <summary>Replaces the web host's own lifetime, which would take Ctrl-C away from the command.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
