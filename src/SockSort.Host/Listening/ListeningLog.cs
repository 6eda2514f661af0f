using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Shared;

namespace SockSort.Host.Listening;

/// <summary>Logs the addresses of a surface and attempts to guess its password.</summary>
internal sealed class ListeningLog(string surface, WebListening listening)
{
    private readonly ILogger _log = (listening.Loggers ?? NullLoggerFactory.Instance).CreateLogger<WebListener>();
    private readonly GrowingCount _refused = new(listening.Time);
    private long _refusals;

    public void Started(IEnumerable<WebAddress> addresses) => _log.Listens(surface, string.Join(", ", addresses));

    public void Ended() => _log.ListensNoMore(surface);

    /// <summary>A request had a wrong password.</summary>
    public void PasswordRefused()
    {
        var count = Interlocked.Increment(ref _refusals);
        if (_refused.IsNews(count))
            _log.PasswordsRefused(surface, count);
    }

    /// <summary>Passwords from that address are refused unchecked for this time.</summary>
    public void PasswordsBlocked(IPAddress? from, TimeSpan wait) =>
        _log.AddressBarred(surface, from?.ToString() ?? "", (int)wait.TotalSeconds);

    /// <summary>Wraps the receiver of notes about the certificate so that they are logged too.</summary>
    public Action<string> Wrap(Action<string> receive) => note =>
    {
        _log.CertificateNote(surface, note);
        receive(note);
    };
}
