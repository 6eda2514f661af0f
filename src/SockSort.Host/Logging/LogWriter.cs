using Microsoft.Extensions.Logging;

namespace SockSort.Host.Logging;

/// <summary>
/// Writes events as lines, one thread at a time and without a buffer, so that the last lines before a crash are not lost.
/// </summary>
/// <param name="output">Usually standard error.</param>
/// <param name="options">The events and their format.</param>
[ProviderAlias("SockSort")]
internal sealed class LogWriter(TextWriter output, LogOptions options) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
        // The caller owns the text writer.
    }

    private void Write(string line)
    {
        lock (_gate)
        {
            try
            {
                output.WriteLine(line);
                output.Flush();
            }
            catch (IOException)
            {
                // The lines may go to the disk that is full; the program must go on.
            }
        }
    }

    private sealed class Category(LogWriter writer, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var (at, text) = (writer.Time.GetUtcNow(), formatter(state, exception));
            writer.Write(writer.Format == LogFormat.Json
                ? LogLines.JsonOf(at, name, logLevel, eventId, text, state as IEnumerable<KeyValuePair<string, object?>> ?? [])
                : LogLines.Text(at, name, logLevel, eventId, text));
        }
    }

    private LogFormat Format => options.Format;

    private TimeProvider Time => options.Time;
}
