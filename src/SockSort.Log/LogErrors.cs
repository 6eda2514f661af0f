using Microsoft.Data.Sqlite;

namespace SockSort.Log;

/// <summary>The wording of every error of the log.</summary>
internal static class LogErrors
{
    // https://www.sqlite.org/rescode.html
    private const int SqliteReadOnly = 8;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCantOpen = 14;
    private const int SqliteNotADatabase = 26;

    public static LogException TopicName(string topic) => new(LogErrorKind.WrongRequest,
        $"topic name '{topic}' is not allowed: use 1 to 249 letters, digits, '.', '_' or '-', but not '.' or '..'");

    public static LogException Partitions(string topic, int partitions) => new(LogErrorKind.WrongRequest,
        $"topic '{topic}': {partitions} partitions asked for; use 1 to {Topics.MaxPartitions}");

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

    public static LogException NoLog(string directory) => new(LogErrorKind.NotFound,
        $"{directory} holds no log; name the folder of a running or finished demo with --data");

    public static LogException InUse(string directory, string holder) => new(LogErrorKind.InUse,
        $"{directory} is being written by {holder}; stop that process or use another --data folder");

    public static LogException TooNew(string path, long found) => new(LogErrorKind.TooNew,
        $"{path} has format {found}, newer than this program knows ({Schema.Version}); use a newer socksort");

    public static LogException Batch(string topic, int partition, long offset, string problem) => new(LogErrorKind.Damaged,
        $"topic '{topic}', partition {partition}, offset {offset}: the stored batch is damaged ({problem})");

    public static LogException Closed(string directory) => new(LogErrorKind.WrongRequest,
        $"the log in {directory} is closed");

    public static LogException Folder(string directory, Exception error) => new(LogErrorKind.Storage,
        $"{directory} can't be used for the log: {error.Message}", error);

    public static LogException From(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        SqliteFull => new(LogErrorKind.DiskFull, $"{path}: the disk is full; nothing of this request was stored", error),
        SqliteCorrupt or SqliteNotADatabase => new(LogErrorKind.Damaged,
            $"{path} is damaged or no log ({Reason(error)}); move the folder away or restore it from a copy", error),
        SqliteReadOnly or SqliteCantOpen => new(LogErrorKind.Storage,
            $"{path} can't be opened for writing; look at the rights of the file and its folder", error),
        _ => new(LogErrorKind.Storage, $"{path}: {Reason(error)}", error),
    };

    // "SQLite Error 11: 'database disk image is malformed'." -> the part between the quotes.
    private static string Reason(SqliteException error)
    {
        var parts = error.Message.Split('\'', 3);
        return parts.Length == 3 ? parts[1] : error.Message;
    }
}
