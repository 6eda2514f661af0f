using Microsoft.Data.Sqlite;

namespace SockSort.Log.Sqlite.Storage;

/// <summary>Builds the errors of a log in a folder.</summary>
internal static class SqliteErrors
{
    // https://www.sqlite.org/rescode.html
    private const int SqliteReadOnly = 8;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCantOpen = 14;
    private const int SqliteNotADatabase = 26;

    public static LogException NoLog(string directory) => new(LogErrorKind.NotFound,
        $"{directory} holds no log; name the folder of a running or finished demo with --data");

    public static LogException InUse(string directory, string holder) => new(LogErrorKind.InUse,
        $"{directory} is being written by {holder}; stop that process or use another --data folder");

    public static LogException TooNew(string path, long found) => new(LogErrorKind.TooNew,
        $"{path} has format {found}, newer than this program knows ({Schema.Version}); use a newer socksort");

    public static LogException Batch(string topic, int partition, long offset, string problem) => new(LogErrorKind.Damaged,
        $"topic '{topic}', partition {partition}, offset {offset}: the stored batch is damaged ({problem})");

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
