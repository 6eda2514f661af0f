using SockSort.Log;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// Does with records, ahead of their query, what depends on nothing but the record: reads the row and asks the conditions right behind the
/// source.
/// </summary>
/// <remarks>
/// What goes wrong here leaves no trace: the query does such a record once more itself, in its turn, and counts and reports what it meets.
/// </remarks>
/// <param name="reader">Reads the rows; nobody else's.</param>
/// <param name="conditions">All must hold; compiled for this preparer.</param>
/// <param name="errors">Counts values that the conditions could not evaluate.</param>
internal sealed class RowPreparer(SourceReader reader, RowPredicate[] conditions, ExpressionErrors errors)
{
    private readonly Slot[] _key = new Slot[reader.KeyLength];
    private readonly Slot[] _row = new Slot[reader.RowLength];

    public SourceReader Reader => reader;

    /// <summary>Prepares the next record of a batch.</summary>
    public void Prepare(in LogRecord record, PreparedRows into)
    {
        var change = new Change { Timestamp = record.TimestampMs, Headers = record.Headers };
        var state = PreparedState.Unread;
        try
        {
            reader.Read(in record, _key, _row, ref change);
            state = Judge(change.New);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The query meets the same error in this record's turn.
        }
        into.Add(state, in change, _key, _row);
    }

    private PreparedState Judge(Slot[]? row)
    {
        if (conditions.Length == 0)
            return PreparedState.Passes;
        var errorsBefore = errors.Count;
        var passes = row is not null;
        for (var i = 0; passes && i < conditions.Length; i++)
            passes = conditions[i](row!);
        if (errors.Count != errorsBefore)
            return PreparedState.Unread;
        return passes ? PreparedState.Passes : PreparedState.LeftOut;
    }
}
