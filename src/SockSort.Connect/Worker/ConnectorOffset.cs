namespace SockSort.Connect.Worker;

/// <summary>How far a sink has carried a partition of one of its topics.</summary>
/// <param name="Next">The offset of the next record; null where it is to begin at the oldest one.</param>
public sealed record ConnectorOffset(string Topic, int Partition, long? Next);
