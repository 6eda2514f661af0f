using Confluent.Kafka;
using SockSort.Log.Kafka.Addresses;

namespace SockSort.Log.Kafka.Sharing;

/// <summary>What goes wrong where servers share their work.</summary>
internal static class ShareErrors
{
    public static LogException AtLeastOnce(KafkaAddress address) => new(LogErrorKind.WrongRequest,
        $"{address}: servers that share their work store it exactly once; "
        + $"leave out {KafkaAddress.GuaranteeKey}={KafkaAddress.AtLeastOnce}");

    public static LogException NotOwned(KafkaAddress address, Exception? cause) => new(LogErrorKind.NotOwned,
        $"{address}: another server has taken over partitions of this one, which the broker did not hear from in time; what was not stored "
        + "yet is worked on there", cause);

    public static LogException TooSlow(KafkaAddress address, Exception? cause) => new(LogErrorKind.Storage,
        $"{address}: the broker has ended a transaction that took too long; it is stored once more", cause);

    /// <summary>Whether the broker says that partitions are another member's.</summary>
    public static bool IsNotOwned(Error error) =>
        error.Code is ErrorCode.UnknownMemberId or ErrorCode.IllegalGeneration or ErrorCode.FencedInstanceId;
}
