namespace SockSort.Sql.Engine.Execution;

/// <summary>Passes a stream's records for which the predicate holds.</summary>
/// <param name="another">
/// Compiles the predicate once more, for another thread; null where it does not depend on the row alone.
/// </param>
internal sealed class StreamFilter(RowPredicate predicate, Func<ExpressionErrors, RowPredicate>? another) : Operator
{
    public Func<ExpressionErrors, RowPredicate>? Another => another;

    public override void Process(ref Change change)
    {
        if (change.New is not null && predicate(change.New))
            Forward(ref change);
    }
}

/// <summary>Passes a table's rows for which the predicate holds; a row that stops passing leaves as a tombstone (having.json).</summary>
internal sealed class TableFilter(RowPredicate predicate) : Operator
{
    public override void Process(ref Change change)
    {
        var wasThere = change.Old is not null && predicate(change.Old);
        var isThere = change.New is not null && predicate(change.New);
        if (!wasThere && !isThere)
            return;
        var passed = change;
        if (!wasThere)
            passed.Old = null;
        if (!isThere)
            passed.New = null;
        Forward(ref passed);
    }
}
