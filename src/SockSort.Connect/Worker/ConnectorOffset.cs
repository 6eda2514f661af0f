namespace SockSort.Connect.Worker;

/// <summary>The position of a sink in a partition of one of its topics.</summary>
/// <param name="Next">The offset of the next record to deliver; null to restart at the oldest one.</param>
public sealed record ConnectorOffset(string Topic, int Partition, long? Next);
