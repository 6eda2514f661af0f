using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace SockSort.Testing;

/// <summary>Keeps what is logged, in its order. Thread-safe.</summary>
public sealed class RecordedLog : ILoggerFactory
{
    private readonly ConcurrentQueue<LoggedEvent> _events = [];

    public IReadOnlyList<LoggedEvent> Events => [.. _events];

    /// <summary>Event ids, in the order of the events.</summary>
    public IReadOnlyList<int> Ids => [.. _events.Select(logged => logged.Id)];

    /// <summary>All that is recorded as one text: messages, fields and errors, for what must not be in it.</summary>
    public string Text => string.Join('\n', _events.Select(logged => logged.ToString()));

    /// <summary>The events of one id, in their order.</summary>
    public IReadOnlyList<LoggedEvent> Of(int id) => [.. _events.Where(logged => logged.Id == id)];

    /// <summary>The only event of an id; fails the test where there is none, or more than one.</summary>
    public LoggedEvent Single(int id)
    {
        var found = Of(id);
        Assert.True(found.Count == 1, $"{found.Count} events of id {id}, expected one; recorded:\n{Text}");
        return found[0];
    }

    /// <summary>Waits for an event; fails the test where it does not come.</summary>
    public async Task<LoggedEvent> WaitForAsync(int id)
    {
        await Eventually.TrueAsync(() => Of(id).Count > 0, $"an event of id {id} is logged");
        return Of(id)[0];
    }

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _events);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("a test's log has no other providers");

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<LoggedEvent> events) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var fields = (IReadOnlyList<KeyValuePair<string, object?>>)state!;
            events.Enqueue(new LoggedEvent(
                category, logLevel, eventId.Id, formatter(state, exception),
                fields.Where(field => field.Key != "{OriginalFormat}").ToDictionary(field => field.Key, field => field.Value), exception));
        }
    }
}

/// <summary>One event as it was logged.</summary>
/// <param name="Category">The class that has logged it.</param>
/// <param name="Fields">By their names in the message's template.</param>
public sealed record LoggedEvent(
    string Category, LogLevel Level, int Id, string Message, IReadOnlyDictionary<string, object?> Fields, Exception? Error)
{
    public override string ToString()
    {
        var fields = Fields.Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Key}={field.Value}"));
        return $"{Level} {Id} {Category}: {Message} [{string.Join(", ", fields)}] {Error}".TrimEnd();
    }
}
