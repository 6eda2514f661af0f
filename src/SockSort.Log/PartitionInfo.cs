namespace SockSort.Log;

/// <summary>A partition as it stood at one moment.</summary>
/// <param name="Partition">Its number, counted from 0.</param>
/// <param name="FirstOffset">
/// Of the oldest record, and so the number of records that retention has removed; equals <paramref name="EndOffset"/> where there is none.
/// </param>
/// <param name="EndOffset">The offset that the next record will get.</param>
/// <param name="LengthBytes">What its records take where they are stored.</param>
public sealed record PartitionInfo(int Partition, long FirstOffset, long EndOffset, long LengthBytes)
{
    /// <summary>Number of records that are there.</summary>
    public long Records => EndOffset - FirstOffset;
}
