using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// Joins each record of a stream with the row that the table has for its key at that moment; changes of the table give no output.
/// </summary>
/// <param name="isLeftJoin">Whether records without a row go out too.</param>
internal sealed class StreamTableJoinOperator(JoinKey key, JoinedRow joined, bool isLeftJoin, QueryMetrics metrics) : JoinOperator
{
    private readonly Slot[] _row = new Slot[joined.Length];

    /// <summary>The rows that the table's source keeps; set when the query is built.</summary>
    public Dictionary<Slot[], TableRow> Table { get; set; } = [];

    public override void Process(ref Change change, bool isLeft)
    {
        if (!isLeft)
            return;
        if (change.New is null || !key.Read(change.New, ref change))
        {
            metrics.Skip("a record was left out of a join: its key or value is NULL");
            return;
        }
        if (!Table.TryGetValue(key.Full, out var row) && !isLeftJoin)
            return;
        var result = change;
        result.Key = key.Value;
        result.New = joined.Fill(_row, change.New, row.Row, key.Value);
        Forward(ref result);
    }
}
