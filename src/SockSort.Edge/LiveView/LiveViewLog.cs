using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Shared;

namespace SockSort.Edge.LiveView;

/// <summary>Logs what happens to the live view; what many viewers may do at once a minute apart.</summary>
internal sealed class LiveViewLog(LiveViewOptions options)
{
    private readonly ILogger _log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<LiveViewServer>();
    private readonly GrowingCount _cutOff = new(options.Time);

    public void Started(Uri address) => _log.LiveViewStarted(address.ToString());

    public void Stopped() => _log.LiveViewStopped();

    /// <param name="count">Viewers since the start.</param>
    public void CutOff(long count)
    {
        if (_cutOff.IsNews(count))
            _log.ViewersCutOff(count);
    }

    public void Barred(IPAddress? from, TimeSpan wait) => _log.AddressBarred(from?.ToString() ?? "", (int)wait.TotalSeconds);

    /// <summary>Logs what the user should know, besides telling it elsewhere.</summary>
    public Action<string> And(Action<string> tell) => note =>
    {
        _log.LiveViewNote(note);
        tell(note);
    };
}
