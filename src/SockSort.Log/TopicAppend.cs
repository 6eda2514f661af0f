namespace SockSort.Log;

/// <summary>Records to append to one partition, in order.</summary>
public sealed record TopicAppend(string Topic, int Partition, IReadOnlyList<NewRecord> Records)
{
    /// <exception cref="LogException">
    /// The topic's name is not allowed, or a record is too large (<see cref="LogErrorKind.WrongRequest"/>).
    /// </exception>
    internal void Check()
    {
        NewTopic.CheckName(Topic);
        foreach (var record in Records)
        {
            if (record.LengthBytes > NewRecord.MostBytes)
                throw LogErrors.RecordTooLarge(Topic, record.LengthBytes);
        }
    }
}
