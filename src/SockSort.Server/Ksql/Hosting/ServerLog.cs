using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Shared;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>Logs the server's events; those that many clients can cause are limited to one a minute. Thread-safe.</summary>
internal sealed class ServerLog(KsqlServerOptions options)
{
    private readonly ILogger _log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<KsqlServer>();
    private readonly GrowingCount _cutOff = new(TimeProvider.System);
    private long _cutOffs;

    public void Failed(HttpRequest request, Exception error) =>
        _log.RequestFailed(request.Method, request.Path.ToUriComponent(), error.GetType().Name, error.StackTrace);

    /// <summary>Logs if a client is cut off by its timeout, but not if it disconnects by itself.</summary>
    /// <param name="what">What was sent to the client.</param>
    /// <param name="end">Cancelled by the timeout, and when the client disconnects.</param>
    /// <param name="gone">Cancelled when the client disconnects or the server stops.</param>
    public CancellationTokenRegistration Watch(string what, CancellationToken end, CancellationToken gone) => end.Register(() =>
    {
        if (!gone.IsCancellationRequested)
            CutOff(what);
    });

    private void CutOff(string what)
    {
        var count = Interlocked.Increment(ref _cutOffs);
        if (_cutOff.IsNews(count))
            _log.ClientsCutOff(count, what);
    }
}
