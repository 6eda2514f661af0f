using SockSort.Log.Sharing;

namespace SockSort.Log;

/// <summary>A log that can be read and written, whatever stores it. Thread-safe.</summary>
public interface ILog : ILogReader, IAsyncDisposable
{
    /// <summary>
    /// Raised after commits with the topic's name, or with an empty name if any topic may have changed. It is raised on any thread, and
    /// sometimes without a change. Listeners return at once, and do not commit: the next commit may wait for them.
    /// </summary>
    event Action<string>? Appended;

    /// <summary>
    /// At least 8 hexadecimal digits, generated when the log is created. They stay the same across restarts and moves of the folder.
    /// </summary>
    string Id { get; }

    /// <summary>The absolute path of the log's folder on this machine; null if it has none.</summary>
    string? Directory { get; }

    /// <summary>The largest <see cref="NewRecord.LengthBytes"/> of a record that the log accepts.</summary>
    long MostRecordBytes { get; }

    /// <summary>
    /// The number of a topic's partitions; null if there is no such topic. For those that append: it is known without reading.
    /// </summary>
    /// <exception cref="LogException">The topics cannot be read.</exception>
    int? PartitionCountOf(string topic) => FindTopic(topic)?.Partitions;

    /// <summary>Why no commit can be stored at the moment; null if the last one was stored.</summary>
    string? Problem { get; }

    /// <summary>
    /// This process's part in the work on the partitions, where several processes share it; null where one process does all.
    /// </summary>
    IPartitionShare? Share => null;

    /// <summary>Stores all of the commit or nothing. Commits of several calls are stored in the order of the calls.</summary>
    /// <param name="commit">Must not be changed until the task has completed.</param>
    /// <param name="cancellationToken">Ends the wait; a commit that is already queued may still be stored.</param>
    /// <returns>The offset of the first record of each of <see cref="LogCommit.Appends"/>, once everything is durable.</returns>
    /// <exception cref="LogException">Nothing was stored: the request is wrong, or the disk failed or is full.</exception>
    Task<long[]> CommitAsync(LogCommit commit, CancellationToken cancellationToken = default);

    /// <summary>The same as <see cref="CommitAsync"/>, but blocks the caller.</summary>
    long[] Commit(LogCommit commit);

    /// <summary>Deletes a topic with its records and committed offsets; a topic that does not exist is no error.</summary>
    /// <remarks>A topic of the same name that is created later starts at offset 0.</remarks>
    /// <returns>False if the log cannot delete topics.</returns>
    /// <exception cref="LogException">The deletion could not be stored.</exception>
    bool DeleteTopic(string topic);

    /// <summary>Opens another reader, for callers that must not wait for others.</summary>
    ILogReader OpenReader();
}
