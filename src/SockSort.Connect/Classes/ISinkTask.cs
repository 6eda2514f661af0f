using SockSort.Log;

namespace SockSort.Connect.Classes;

/// <summary>Puts records where they go. Used by one thread at a time; after an error it is disposed and opened anew.</summary>
internal interface ISinkTask : IAsyncDisposable
{
    /// <summary>Records of one partition, in their order.</summary>
    /// <exception cref="ConnectException">They could not be put there; they come again.</exception>
    Task PutAsync(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken);

    /// <summary>Fails when the place is gone while there is nothing to put; what does not watch for that never ends it.</summary>
    Task Gone => NeverGone.Task;

    /// <summary>Records that tell of those that could not be put; they are stored together with the offsets, and given once.</summary>
    IReadOnlyList<TopicAppend> TakeLetters() => [];

    /// <summary>Makes durable what was put; it does not come again after that.</summary>
    /// <returns>What is committed together with the records' offsets, and given to the next start; null for nothing.</returns>
    /// <exception cref="ConnectException">It could not be made durable; what was put since the last time comes again.</exception>
    Task<byte[]?> FlushAsync(CancellationToken cancellationToken);
}
