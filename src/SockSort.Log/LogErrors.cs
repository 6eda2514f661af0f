namespace SockSort.Log;

/// <summary>Builds the errors that every log has, however it is stored.</summary>
internal static class LogErrors
{
    public static LogException TopicName(string topic) => new(LogErrorKind.WrongRequest,
        $"topic name '{topic}' is not allowed: use 1 to 249 letters, digits, '.', '_' or '-', but not '.' or '..'");

    public static LogException Partitions(string topic, int partitions, int most) => new(LogErrorKind.WrongRequest,
        $"topic '{topic}': {partitions} partitions asked for; use 1 to {most}");

    public static LogException TopicExists(string topic, int has, int asked) => new(LogErrorKind.WrongRequest,
        $"topic '{topic}' exists with {has} partitions, not {asked}; its partitions can't be changed");

    public static LogException Partition(string topic, int partition, int has) => new(LogErrorKind.WrongRequest,
        $"topic '{topic}' has no partition {partition}: it has {has}, counted from 0");

    public static LogException NoTopic(string topic, IEnumerable<string> known) => new(LogErrorKind.NotFound,
        $"topic '{topic}' does not exist; topics here: {(known.Any() ? string.Join(", ", known) : "none yet")}");

    public static LogException Offset(string topic, long offset) => new(LogErrorKind.WrongRequest,
        $"topic '{topic}': offset {offset} is below zero");

    public static LogException RecordTooLarge(string topic, long lengthBytes) => new(LogErrorKind.WrongRequest,
        $"topic '{topic}': a record of {lengthBytes} bytes is too large, the limit is {NewRecord.MostBytes}");

    public static LogException Retention(string topic) => new(LogErrorKind.WrongRequest,
        $"topic '{topic}': a retention must be above 0, in time as in bytes; leave it out to keep everything");

    public static LogException Closed(string directory) => new(LogErrorKind.WrongRequest,
        $"the log in {directory} is closed");
}
