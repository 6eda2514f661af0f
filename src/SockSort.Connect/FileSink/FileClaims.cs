using System.Collections.Concurrent;

namespace SockSort.Connect.FileSink;

/// <summary>The files that connectors write, each claimed by one connector, since two would overwrite each other. Thread-safe.</summary>
internal sealed class FileClaims
{
    private readonly ConcurrentDictionary<string, string> _holders = new(StringComparer.Ordinal);

    /// <returns>The claim, which is released when it is disposed.</returns>
    /// <exception cref="ConnectException">Another connector has claimed the file.</exception>
    public IDisposable Take(string path, string connector)
    {
        if (!_holders.TryAdd(path, connector))
            throw FileSinkErrors.Taken(connector, path, _holders.GetValueOrDefault(path, ""));
        return new Claim(this, path);
    }

    private sealed class Claim(FileClaims claims, string path) : IDisposable
    {
        private int _isGiven;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGiven, 1) == 0)
                _ = claims._holders.TryRemove(path, out _);
        }
    }
}
