using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Shared;

namespace SockSort.Host.Listening;

/// <summary>Logs where a surface listens, and who guesses its password.</summary>
internal sealed class ListeningLog(string surface, WebListening listening)
{
    private readonly ILogger _log = (listening.Loggers ?? NullLoggerFactory.Instance).CreateLogger<WebListener>();
    private readonly GrowingCount _refused = new(listening.Time);
    private long _refusals;

    public void Started(IEnumerable<WebAddress> addresses) => _log.Listens(surface, string.Join(", ", addresses));

    public void Ended() => _log.ListensNoMore(surface);

    /// <summary>A wrong password was given.</summary>
    public void PasswordRefused()
    {
        var count = Interlocked.Increment(ref _refusals);
        if (_refused.IsNews(count))
            _log.PasswordsRefused(surface, count);
    }

    /// <summary>From that address no password is looked at for so long.</summary>
    public void Barred(IPAddress? from, TimeSpan wait) => _log.AddressBarred(surface, from?.ToString() ?? "", (int)wait.TotalSeconds);

    /// <summary>Logs what the user should know of the certificate, besides telling it elsewhere.</summary>
    public Action<string> And(Action<string> tell) => note =>
    {
        _log.CertificateNote(surface, note);
        tell(note);
    };
}
