namespace SockSort.Log.Kafka.Writing;

/// <summary>A commit on its way, and who waits for it.</summary>
internal sealed class CommitRequest(LogCommit commit)
{
    private readonly TaskCompletionSource<long[]> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LogCommit Commit => commit;

    /// <summary>Completes with the offset of the first record of each append.</summary>
    public Task<long[]> Done => _done.Task;

    /// <summary>Whether it holds nothing but records of one partition, which are stored without a transaction.</summary>
    public bool IsPlain => commit.Offsets.Count == 0 && commit.States.Count == 0 && commit.RemovedConsumers.Count == 0
        && commit.Appends.All(append => append.Topic == commit.Appends[0].Topic && append.Partition == commit.Appends[0].Partition);

    public void Complete(long[] firstOffsets) => _ = _done.TrySetResult(firstOffsets);

    public void Fail(Exception error) => _ = _done.TrySetException(error);
}
