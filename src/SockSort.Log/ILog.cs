namespace SockSort.Log;

/// <summary>A log that is read and written: what everything else stands on, whatever stores it. Thread-safe.</summary>
public interface ILog : ILogReader, IAsyncDisposable
{
    /// <summary>
    /// Raised after commits, with the topic's name, or an empty one where any may have changed; on any thread, and at times without cause.
    /// </summary>
    event Action<string>? Appended;

    /// <summary>At least 8 hexadecimal digits, made with the log: it stays the same at every start and wherever the log is moved.</summary>
    string Id { get; }

    /// <summary>Absolute path of its folder on this machine; null where it has none.</summary>
    string? Directory { get; }

    /// <summary>Most <see cref="NewRecord.LengthBytes"/> of a record.</summary>
    long MostRecordBytes { get; }

    /// <summary>Why nothing can be stored at the moment, whoever wants to; null where the last commit was stored.</summary>
    string? Problem { get; }

    /// <summary>Stores all of it or nothing. What is committed by several calls is stored in their order.</summary>
    /// <param name="commit">Not changed until the task has completed.</param>
    /// <param name="cancellationToken">Ends the waiting; what was queued may be stored nevertheless.</param>
    /// <returns>The offset of the first record of each of <see cref="LogCommit.Appends"/>, once all is durable.</returns>
    /// <exception cref="LogException">Nothing was stored: the request is wrong, or the disk failed or is full.</exception>
    Task<long[]> CommitAsync(LogCommit commit, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="CommitAsync"/>, blocking the caller.</summary>
    long[] Commit(LogCommit commit);

    /// <summary>Removes a topic, its records and what consumers have committed of it; an absent one is no error.</summary>
    /// <remarks>One of the same name that is made later begins at offset 0.</remarks>
    /// <returns>False where topics cannot be removed.</returns>
    /// <exception cref="LogException">It could not be stored that it is gone.</exception>
    bool DeleteTopic(string topic);

    /// <summary>Another reader, for who should not wait for the others.</summary>
    ILogReader OpenReader();
}
