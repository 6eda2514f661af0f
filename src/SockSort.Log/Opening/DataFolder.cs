using Microsoft.Extensions.Logging;
using SockSort.Log.Sqlite;

namespace SockSort.Log.Opening;

/// <summary>Opens the log of a data folder on this machine.</summary>
public static class DataFolder
{
    /// <summary>The name of the meter that counts what retention removes.</summary>
    public const string MeterName = SqliteLog.MeterName;

    /// <inheritdoc cref="SqliteLog.Open"/>
    public static ILog Open(string directory, ILoggerFactory? loggers = null) => SqliteLog.Open(directory, loggers: loggers);

    /// <inheritdoc cref="SqliteLogReader.Open"/>
    public static ILogReader OpenReader(string directory) => SqliteLogReader.Open(directory);

    /// <inheritdoc cref="SqliteLog.SetRetention"/>
    public static void SetRetention(string directory, string topic, TopicRetention retention) =>
        SqliteLog.SetRetention(directory, topic, retention);
}
