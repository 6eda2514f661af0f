using Microsoft.Extensions.Logging;

namespace SockSort.Dashboard.Serving;

/// <summary>Passes what the pages' library logs on to the program's log, which others own.</summary>
internal sealed class ForwardedLogging(ILoggerFactory loggers) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => loggers.CreateLogger(categoryName);

    public void Dispose()
    {
        // The factory is the program's.
    }
}
