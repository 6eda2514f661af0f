using SockSort.Sql.Connectors;

namespace SockSort.Cli.Sql;

/// <summary>
/// Tells a service's journal when a connector's state changes, when one has lost its connection for a moment, and when messages are
/// skipped.
/// </summary>
/// <param name="look">The connectors as they are now.</param>
internal sealed class ConnectorJournal(Func<IReadOnlyList<ConnectorInfo>> look, TextWriter output, TimeProvider time)
{
    // A publisher of messages that are too large is a line a minute.
    private static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Journal _journal = new(output, time);
    private Dictionary<string, Told> _told = new(StringComparer.Ordinal);

    /// <summary>Looks once a second, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
                Look();
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    /// <summary>Tells what has changed since the last look.</summary>
    public void Look()
    {
        var now = look();
        var before = _told;
        _told = now.ToDictionary(
            connector => connector.Name, connector => Look(connector, before.GetValueOrDefault(connector.Name)), StringComparer.Ordinal);
        foreach (var name in before.Keys.Where(name => !_told.ContainsKey(name)))
            _journal.Tell($"connector {name}: dropped");
    }

    private Told Look(ConnectorInfo connector, Told? told)
    {
        var (reconnects, skipped) = (Count(connector, "reconnects"), Count(connector, "dead letters"));
        if (told?.State != connector.State || told.Trace != connector.Trace)
            _journal.Tell($"connector {connector.Name}: {connector.State}{(connector.Trace is { } trace ? $": {FirstLine(trace)}" : "")}");
        else if (reconnects > told.Reconnects)
            _journal.Tell($"connector {connector.Name}: {connector.State} again ({FirstLine(connector.LastError ?? "")})");
        var isNews = skipped > (told?.Skipped ?? 0) && time.GetUtcNow() - (told?.ToldSkippedAt ?? DateTimeOffset.MinValue) >= QuietFor;
        if (isNews)
            _journal.Tell($"connector {connector.Name}: {skipped} messages skipped since the start, told of in its topic of dead letters");
        return new(
            connector.State, connector.Trace, reconnects, isNews ? skipped : told?.Skipped ?? 0,
            isNews ? time.GetUtcNow() : told?.ToldSkippedAt ?? DateTimeOffset.MinValue);
    }

    private static long Count(ConnectorInfo connector, string name) =>
        connector.Counts.FirstOrDefault(count => count.Name == name)?.Value ?? 0;

    private static string FirstLine(string text) => text.Split('\n')[0];

    private sealed record Told(string State, string? Trace, long Reconnects, long Skipped, DateTimeOffset ToldSkippedAt);
}
