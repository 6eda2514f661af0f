namespace SockSort.Sql.Engine.Execution;

/// <summary>A compiled step of a query: takes changes, hands changes on.</summary>
internal abstract class Operator
{
    /// <summary>Where changes go; set when the query is built.</summary>
    public Operator? Next { get; set; }

    public abstract void Process(ref Change change);

    /// <summary>The wall clock of a live query: windows may close though no record comes.</summary>
    /// <param name="streamTime">
    /// What stream time would be if it had gone on with the wall clock since the last record; milliseconds.
    /// </param>
    public virtual void AdvanceTime(long streamTime) => Next?.AdvanceTime(streamTime);

    /// <summary>Rough bytes of state that this operator holds itself.</summary>
    public virtual long StateBytes => 0;

    protected void Forward(ref Change change) => Next!.Process(ref change);
}
