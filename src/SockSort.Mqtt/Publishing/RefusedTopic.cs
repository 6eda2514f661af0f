
namespace SockSort.Mqtt.Publishing;

/// <summary>A topic on which the broker takes nothing from this client.</summary>
/// <param name="IsWill">Of the last will, which is refused with the connection; not of messages.</param>
/// <param name="ReasonCode">As the broker has sent it; null where it has only closed the connection, as one of MQTT 3 does.</param>
/// <param name="Problem">What happened, with the code's name.</param>
public sealed record RefusedTopic(string Topic, bool IsWill, int? ReasonCode, string Problem);
