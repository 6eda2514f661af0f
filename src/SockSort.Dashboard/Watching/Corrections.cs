using SockSort.Log;
using SockSort.Sql;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Dashboard.Watching;

/// <summary>A change of what the ledger has counted.</summary>
/// <param name="Kind">The word in SQL: <c>RELABEL</c>.</param>
/// <param name="Sighting">The sighting that it is about; null for none.</param>
/// <param name="Sock">The sock's right name; null for none.</param>
/// <param name="Done">What is told when it has been accepted.</param>
internal sealed record Correction(string Kind, string? Sighting, string? Sock, string Done);

/// <summary>
/// Gives corrections to the ledger: each is a row of <c>sock_corrections</c>, and the ledger answers with a row of its own.
/// </summary>
internal sealed class Corrections(DashboardParts parts, SortingFeed feed)
{
    private const string Stream = "SOCK_CORRECTIONS";

    // The ledger answers within a second; after this time its user is told that nothing is known.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether there is a ledger that takes corrections.</summary>
    public bool CanBeMade => parts.Engine.Snapshot().Source(Stream) is not null;

    /// <summary>The sighting was of another sock.</summary>
    public static Correction Relabel(string sighting, string sock) => new("RELABEL", sighting, sock, $"Corrected: it was {sock}");

    /// <summary>The sighting does not count.</summary>
    public static Correction Forget(string sighting) => new("FORGET", sighting, Sock: null, "Forgotten");

    /// <summary>A new count begins.</summary>
    public static Correction LaundryDone() => new("LAUNDRY_DONE", Sighting: null, Sock: null, "A new count has begun");

    /// <summary>Gives a correction to the ledger and waits for its answer.</summary>
    /// <returns>What is wrong and what to do; null where it was accepted.</returns>
    public async Task<string?> MakeAsync(Correction correction, CancellationToken cancellation)
    {
        var id = Guid.NewGuid().ToString();
        try
        {
            _ = await parts.Commands.ExecuteAsync(Statement(id, correction), new SqlSession(), cancellation);
        }
        catch (Exception error) when (error is SqlException or LogException)
        {
            return error.Message;
        }
        return await AnswerAsync(id, cancellation);
    }

    private async Task<string?> AnswerAsync(string id, CancellationToken cancellation)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (feed.ResultOf(id) is not null)
                answered.TrySetResult();
        }
        feed.Changed += Look;
        try
        {
            Look();
            await answered.Task.WaitAsync(Patience, parts.Time, cancellation);
            var answer = feed.ResultOf(id);
            return answer is { IsAccepted: false } refused ? refused.Reason ?? "The ledger has refused it" : null;
        }
        catch (TimeoutException)
        {
            return "The ledger has not answered yet; look at its queries on the page Health";
        }
        finally
        {
            feed.Changed -= Look;
        }
    }

    private static Statement Statement(string id, Correction correction)
    {
        var text = $"INSERT INTO sock_corrections (id, kind, sighting, sock) VALUES ({Quoted(id)}, {Quoted(correction.Kind)}, "
            + $"{Quoted(correction.Sighting)}, {Quoted(correction.Sock)});";
        return SqlParser.Parse(new SourceText("correction", text))[0];
    }

    private static string Quoted(string? text) => text is null ? "NULL" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
