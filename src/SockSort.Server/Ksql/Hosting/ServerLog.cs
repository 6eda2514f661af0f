using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Shared;

namespace SockSort.Server.Ksql.Hosting;

/// <summary>Logs what happens to the server; what many clients may do at once a minute apart. Thread-safe.</summary>
internal sealed class ServerLog(KsqlServerOptions options)
{
    private readonly ILogger _log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<KsqlServer>();
    private readonly GrowingCount _cutOff = new(TimeProvider.System);
    private long _cutOffs;

    public void Failed(HttpRequest request, Exception error) =>
        _log.RequestFailed(request.Method, request.Path.ToUriComponent(), error.GetType().Name, error.StackTrace);

    /// <summary>Logs that a client is cut off when its time is over, not where it has gone by itself.</summary>
    /// <param name="what">What was sent to it.</param>
    /// <param name="end">Cancelled when its time is over, and when it has gone.</param>
    /// <param name="gone">Cancelled when it has gone, or the server goes.</param>
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
