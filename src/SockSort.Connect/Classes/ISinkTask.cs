using SockSort.Log;

namespace SockSort.Connect.Classes;

/// <summary>
/// Delivers records to a destination. Used by one thread at a time; after an error it is disposed, and a new one is opened.
/// </summary>
internal interface ISinkTask : IAsyncDisposable
{
    /// <summary>The most records that one call delivers. Offsets are committed after one call for each partition.</summary>
    int MostAtOnce => 500;

    /// <summary>Delivers records of one partition, in the order of their offsets.</summary>
    /// <exception cref="ConnectException">The records could not be delivered; they are passed again.</exception>
    Task PutAsync(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken);

    /// <summary>
    /// Fails when the destination is lost while there is nothing to deliver. It never completes for a task that does not watch for that.
    /// </summary>
    Task Gone => NeverGone.Task;

    /// <summary>
    /// Returns, once, the dead letters of records that could not be delivered; they are committed together with the offsets.
    /// </summary>
    IReadOnlyList<TopicAppend> TakeLetters() => [];

    /// <summary>Makes all delivered records durable; they are not passed again after that.</summary>
    /// <returns>The state to commit together with the offsets, and to pass to the next start; null for none.</returns>
    /// <exception cref="ConnectException">
    /// The records could not be made durable; those delivered since the last flush are passed again.
    /// </exception>
    Task<byte[]?> FlushAsync(CancellationToken cancellationToken);
}
