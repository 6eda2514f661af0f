namespace SockSort.Mqtt.Broker.Rights;

/// <summary>What somebody may do with topics.</summary>
[Flags]
internal enum TopicAccess
{
    Deny = 0,
    Read = 1,
    Write = 2,
    ReadWrite = Read | Write,
}
