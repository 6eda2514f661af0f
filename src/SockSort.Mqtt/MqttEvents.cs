using Microsoft.Extensions.Logging;

namespace SockSort.Mqtt;

/// <summary>What this room logs, ids 1000 to 1999: docs/reference/logging.md. Addresses stand there without user and password.</summary>
internal static partial class MqttEvents
{
    [LoggerMessage(1001, LogLevel.Information, "publisher: connected to {Broker} (MQTT {Version})")]
    public static partial void PublisherConnected(this ILogger log, string broker, string version);

    [LoggerMessage(1002, LogLevel.Warning, "publisher: no connection to {Broker}, trying again; {Waiting} messages wait ({Problem})")]
    public static partial void PublisherLost(this ILogger log, string broker, int waiting, string problem);

    [LoggerMessage(
        1003, LogLevel.Error, "publisher: {Broker} does not let it in ({State}), trying again; {Waiting} messages wait ({Problem})")]
    public static partial void PublisherRefused(this ILogger log, string broker, ConnectionState state, int waiting, string problem);

    [LoggerMessage(1004, LogLevel.Error, "publisher: topic {Topic} is refused by {Broker} ({Problem})")]
    public static partial void TopicRefused(this ILogger log, string topic, string broker, string problem);

    [LoggerMessage(1005, LogLevel.Warning, "publisher: {Count} messages lost since the start, as more than {Most} waited for {Broker}")]
    public static partial void MessagesLost(this ILogger log, long count, int most, string broker);

    [LoggerMessage(1006, LogLevel.Warning, "publisher: {Count} messages refused by {Broker} since the start, the last one: {Problem}")]
    public static partial void MessagesRefused(this ILogger log, long count, string broker, string problem);

    [LoggerMessage(1007, LogLevel.Warning, "publisher: {Count} messages still waited for {Broker} at the end, and are lost")]
    public static partial void MessagesLeft(this ILogger log, int count, string broker);

    [LoggerMessage(1008, LogLevel.Information, "publisher: {Count} messages of an earlier start wait in {Folder}, and go to {Broker}")]
    public static partial void MessagesRestored(this ILogger log, long count, string folder, string broker);

    [LoggerMessage(1009, LogLevel.Error, "publisher: messages can't be put on disk, and wait in memory only ({Problem})")]
    public static partial void BufferFailed(this ILogger log, string problem);

    [LoggerMessage(
        1010, LogLevel.Warning, "publisher: {Count} messages lost since the start, as the buffer in {Folder} is full for {Broker}")]
    public static partial void BufferFull(this ILogger log, long count, string folder, string broker);

    [LoggerMessage(1011, LogLevel.Information, "publisher: {Count} messages wait in {Folder}, and go to {Broker} at the next start")]
    public static partial void MessagesKept(this ILogger log, int count, string folder, string broker);

    [LoggerMessage(1012, LogLevel.Warning, "publisher: {Count} files in {Folder} were cut off or damaged, what stood there is lost")]
    public static partial void BufferDamaged(this ILogger log, int count, string folder);

    [LoggerMessage(1021, LogLevel.Information, "subscriber {ClientId}: connected to {Broker}")]
    public static partial void SubscriberConnected(this ILogger log, string clientId, string broker);

    [LoggerMessage(1022, LogLevel.Warning, "subscriber {ClientId}: no connection to {Broker}, trying again ({Problem})")]
    public static partial void SubscriberLost(this ILogger log, string clientId, string broker, string problem);

    [LoggerMessage(1023, LogLevel.Error, "subscriber {ClientId}: {Broker} does not let it in ({State}), trying again ({Problem})")]
    public static partial void SubscriberRefused(this ILogger log, string clientId, string broker, ConnectionState state, string problem);

    [LoggerMessage(1024, LogLevel.Warning, "subscriber {ClientId}: messages can't be handled, they wait ({Problem})")]
    public static partial void HandlerFailed(this ILogger log, string clientId, string problem);

    [LoggerMessage(1025, LogLevel.Information, "subscriber {ClientId}: messages are handled again")]
    public static partial void HandlerHealed(this ILogger log, string clientId);

    [LoggerMessage(1041, LogLevel.Information, "broker: listens on {Addresses}")]
    public static partial void BrokerStarted(this ILogger log, string addresses);

    [LoggerMessage(1042, LogLevel.Information, "broker: stopped after {Received} messages")]
    public static partial void BrokerStopped(this ILogger log, long received);

    [LoggerMessage(1043, LogLevel.Warning, "broker: logins refused, without or with a wrong password: {Count}")]
    public static partial void LoginsRefused(this ILogger log, long count);

    [LoggerMessage(1044, LogLevel.Warning, "broker: connections closed, as there were too many: {Count}")]
    public static partial void TooManyConnections(this ILogger log, long count);

    [LoggerMessage(1045, LogLevel.Warning, "broker: connections closed, as they did not log in in time: {Count}")]
    public static partial void SilentConnections(this ILogger log, long count);

    [LoggerMessage(1046, LogLevel.Warning, "broker: messages dropped for slow or absent subscribers: {Count} ({Most})")]
    public static partial void QueueDropped(this ILogger log, long count, string most);

    [LoggerMessage(1047, LogLevel.Warning, "broker: messages left out, larger than their subscriber takes: {Count}")]
    public static partial void TooLargeForSubscriber(this ILogger log, long count);

    [LoggerMessage(1048, LogLevel.Warning, "broker: messages passed on but not retained, for want of room: {Count}")]
    public static partial void RetainedRefused(this ILogger log, long count);

    [LoggerMessage(1049, LogLevel.Warning, "broker: sessions of absent clients ended, for want of room: {Count}")]
    public static partial void SessionsEnded(this ILogger log, long count);

    [LoggerMessage(1050, LogLevel.Error, "broker: messages not stored and so not acknowledged ({Problem}): {Count}")]
    public static partial void StoresFailed(this ILogger log, long count, string? problem);

    [LoggerMessage(1051, LogLevel.Warning, "broker: refused {Rule}: {Count}")]
    public static partial void ClientRefused(this ILogger log, long count, string rule);

    [LoggerMessage(1052, LogLevel.Information, "broker: {Sessions} sessions and {Retained} retained messages are there again")]
    public static partial void StateRestored(this ILogger log, int sessions, int retained);

    [LoggerMessage(
        1053, LogLevel.Error, "broker: {Path} is damaged at byte {At}: what stood before is used, and the file lies in {Aside}")]
    public static partial void StateDamaged(this ILogger log, string path, long at, string aside);

    [LoggerMessage(1054, LogLevel.Error, "broker: {Path} can't be written, so messages for absent clients are refused ({Problem})")]
    public static partial void StateNotWritten(this ILogger log, string path, string problem);

    [LoggerMessage(1055, LogLevel.Information, "broker: {Path} is written again")]
    public static partial void StateWritten(this ILogger log, string path);

    [LoggerMessage(1056, LogLevel.Error, "broker: the rights to topics stay as they were ({Problem})")]
    public static partial void RightsNotRead(this ILogger log, string problem);

    [LoggerMessage(1057, LogLevel.Warning, "broker: clients read more slowly, as they send too many messages a second: {Count} messages")]
    public static partial void MessagesSlowed(this ILogger log, long count);

    [LoggerMessage(1058, LogLevel.Warning, "broker: connections that had to wait, as too many a second came from their address: {Count}")]
    public static partial void ConnectionsSlowed(this ILogger log, long count);
}
