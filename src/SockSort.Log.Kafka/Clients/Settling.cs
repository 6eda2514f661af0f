using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace SockSort.Log.Kafka.Clients;

/// <summary>Asks brokers, which for a moment may not know what they serve: they have just started, or a topic is new.</summary>
internal static class Settling
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Does a call again while a broker finds out which groups and partitions are its own.</summary>
    /// <exception cref="KafkaException">The brokers refuse for another reason, or for too long.</exception>
    public static T Do<T>(Func<T> call)
    {
        var end = Environment.TickCount64 + (long)ClientSettings.Patience.TotalMilliseconds;
        for (; ; )
        {
            try
            {
                return call();
            }
            catch (KafkaException error) when (IsElsewhere(error) && Environment.TickCount64 < end)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private static bool IsElsewhere(KafkaException error) =>
        IsElsewhere(error.Error.Code) || (error is DeleteGroupsException deletion && deletion.Results.Exists(IsElsewhere));

    private static bool IsElsewhere(DeleteGroupReport group) => IsElsewhere(group.Error.Code);

    private static bool IsElsewhere(ErrorCode code) => code is ErrorCode.NotCoordinatorForGroup or ErrorCode.GroupLoadInProgress
        or ErrorCode.GroupCoordinatorNotAvailable or ErrorCode.NotLeaderForPartition or ErrorCode.LeaderNotAvailable;
}
