using SockSort.Log;
using SockSort.Sorting.Ledger;
using SockSort.Sorting.Queries;
using SockSort.Sorting.Topics;
using SockSort.Sql;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Dashboard.Watching;

/// <summary>
/// Gives corrections to the ledger: each is a row of <c>sock_corrections</c>, and the ledger answers with a row of its own.
/// </summary>
internal sealed class Corrections(DashboardParts parts, SortingFeed feed)
{
    // The ledger answers within a second; after this time its user is told that nothing is known.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether there is a ledger that takes corrections.</summary>
    public bool CanBeMade => parts.Engine.Snapshot().Source(SortingNames.InSql(SortingNames.Corrections)) is not null;

    /// <summary>Gives a correction to the ledger and waits for its answer.</summary>
    /// <returns>What is wrong and what to do; null where it was accepted.</returns>
    public async Task<string?> MakeAsync(Correction correction, CancellationToken cancellation)
    {
        try
        {
            var statement = SqlParser.Parse(new SourceText("correction", CorrectionSql.Insert(correction)))[0];
            _ = await parts.Commands.ExecuteAsync(statement, new SqlSession(), cancellation);
        }
        catch (Exception error) when (error is SqlException or LogException)
        {
            return error.Message;
        }
        return await AnswerAsync(correction.Id, cancellation);
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
}
