namespace SockSort.Log;

/// <summary>The state of a partition at one moment.</summary>
/// <param name="Partition">Its number, counted from 0.</param>
/// <param name="FirstOffset">
/// Offset of the oldest record, which is also the number of records that retention has removed; equal to <paramref name="EndOffset"/> if
/// there is no record.
/// </param>
/// <param name="EndOffset">The offset that the next record will get.</param>
/// <param name="LengthBytes">The stored size of its records in bytes; null if the log cannot tell.</param>
public sealed record PartitionInfo(int Partition, long FirstOffset, long EndOffset, long? LengthBytes)
{
    /// <summary>The number of stored records.</summary>
    public long Records => EndOffset - FirstOffset;
}
