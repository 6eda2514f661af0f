using SockSort.Sql.Engine;

namespace SockSort.Cli.Sql;

/// <summary>Tells a service's journal, line by line, when a query, a connector or the log fails and when it goes on again.</summary>
/// <param name="look">The engine as it is now.</param>
/// <param name="connectors">Looked at together with it.</param>
/// <param name="output">Where to.</param>
/// <param name="time">The clock of the lines.</param>
internal sealed class EngineJournal(Func<EngineSnapshot> look, ConnectorJournal connectors, TextWriter output, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // A topic full of bad records is a line a minute.
    private static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(1);

    private readonly Journal _journal = new(output, time);
    private readonly Dictionary<string, (QueryState State, long Lost, DateTimeOffset ToldAt)> _told = [];
    private bool _isInTrouble;

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
            // The server ends.
        }
    }

    /// <summary>Tells what has changed since the last look.</summary>
    public void Look()
    {
        var now = look();
        if (now.Trouble is { } trouble && !_isInTrouble)
            Tell($"the log: {trouble.Problem}; no query goes on, tried again each second");
        else if (now.Trouble is null && _isInTrouble)
            Tell("the log can be written and read again");
        _isInTrouble = now.Trouble is not null;
        foreach (var query in now.Queries.Where(query => query.Sink is not null))
            Look(query);
        connectors.Look();
    }

    private void Look(QueryInfo query)
    {
        var told = _told.GetValueOrDefault(query.Id, (QueryState.Running, 0, DateTimeOffset.MinValue));
        // What keeps all queries from going on is told once for all.
        var state = query.State == QueryState.Error && _isInTrouble ? told.State : query.State;
        var lost = query.Metrics.Skipped + query.Metrics.Missed;
        if (state != told.State)
        {
            var reason = state == QueryState.Error ? $": {FirstLine(query.LastError)}" : "";
            Tell($"query {query.Id}: {state.ToString().ToUpperInvariant()}{reason}");
        }
        else if (lost > told.Lost && time.GetUtcNow() - told.ToldAt >= QuietFor)
            Tell($"query {query.Id}: {FirstLine(query.LastError)} ({query.Metrics.Skipped} records skipped, {query.Metrics.Missed} "
                + "missed since the start)");
        else
            return;
        _told[query.Id] = (state, lost, time.GetUtcNow());
    }

    private void Tell(string what) => _journal.Tell(what);

    private static string FirstLine(string? text) => text?.Split('\n')[0] ?? "";
}
