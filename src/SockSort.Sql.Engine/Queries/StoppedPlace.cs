namespace SockSort.Sql.Engine.Queries;

/// <summary>Where a query stopped in one partition of a topic.</summary>
/// <param name="Begin">Offset of the first record that counted in its state.</param>
/// <param name="Next">Offset of the first record that it has not worked on.</param>
/// <param name="WrittenUpTo">What records before this offset give was written by a still earlier query.</param>
internal readonly record struct StoppedPlace(string Topic, int Partition, long Begin, long Next, long WrittenUpTo)
{
    public bool IsOf(Subscription subscription) => Topic == subscription.Topic && Partition == subscription.Partition;
}
