namespace SockSort.Log.Sqlite.Writing;

/// <summary>A commit that waits to be stored.</summary>
internal sealed class WriteRequest
{
    /// <summary>An empty request that wakes the writer.</summary>
    public static readonly WriteRequest Tick = new(new LogCommit());

    // Continuations must not run on the writer's thread, where they would delay every commit.
    private readonly TaskCompletionSource<long[]> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WriteRequest(LogCommit commit)
    {
        Commit = commit;
        BaseOffsets = new long[commit.Appends.Count];
        foreach (var append in commit.Appends)
        {
            RecordCount += append.Records.Count;
            foreach (var record in append.Records)
                LengthBytes += record.LengthBytes;
        }
    }

    public LogCommit Commit { get; }

    /// <summary>The offset of the first record of each of the commit's appends, in order.</summary>
    public Task<long[]> Done => _done.Task;

    /// <summary>The result of <see cref="Done"/>; filled while the transaction is open.</summary>
    public long[] BaseOffsets { get; }

    public int RecordCount { get; }

    public long LengthBytes { get; }

    /// <exception cref="LogException">The commit is invalid.</exception>
    public static WriteRequest Of(LogCommit commit)
    {
        commit.Check();
        return new(commit);
    }

    public void Complete() => _done.SetResult(BaseOffsets);

    public void Fail(Exception error) => _done.TrySetException(error);
}
