namespace SockSort.Edge.Cameras.Sources.Folders;

/// <summary>
/// What is known of a file in a followed folder. It is ready to be read when its writer has closed it, or when it has not changed for a
/// while.
/// </summary>
/// <param name="path">Absolute.</param>
internal sealed class FolderFile(string path)
{
    /// <summary>A writer elsewhere, of which the system does not tell, has paused for so long that he is taken to be done.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>So long after its last change a file that cannot be read will not become better.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(0.5);

    private long _length = -1;
    private bool _isClosed;
    private TimeSpan _notBefore;
    private UInt128? _contents;
    private string? _problem;

    public string Path { get; } = path;

    /// <summary>When its writer last changed it, by the file's own clock.</summary>
    public DateTime WrittenAt { get; private set; }

    /// <summary>When it was seen to be as it is now, by our clock.</summary>
    public TimeSpan ChangedAt { get; private set; }

    /// <summary>Whether it was handed out or given up as it is now.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Its writer has closed it, or moved it here.</summary>
    public void Close() => (_isClosed, IsDone) = (true, false);

    /// <summary>Looks at it again.</summary>
    public void Look(TimeSpan now)
    {
        var info = new FileInfo(Path);
        var (length, written) = info.Exists ? (info.Length, info.LastWriteTimeUtc) : (0, default);
        if (length == _length && written == WrittenAt)
            return;
        (_length, WrittenAt, ChangedAt, IsDone) = (length, written, now, false);
    }

    /// <param name="now">By our clock.</param>
    /// <param name="utc">By the clock of files.</param>
    public bool IsReady(TimeSpan now, DateTime utc)
    {
        var hasSettled = now - ChangedAt >= Settled || utc - WrittenAt >= Settled;
        return !IsDone && (_isClosed || (hasSettled && now >= _notBefore));
    }

    /// <summary>Whether what cannot be read may still be in the making.</summary>
    public bool MayGrow(TimeSpan now) => now - ChangedAt < GivenUpAfter;

    /// <summary>It was read, or given up.</summary>
    /// <param name="contents">Tells contents apart; null where they could not be read.</param>
    /// <param name="problem">Why not; null where they could.</param>
    /// <returns>False where this is nothing new: a program that only sets a file's time has written none.</returns>
    public bool Finish(UInt128? contents, string? problem)
    {
        var isNew = contents is null ? problem != _problem : contents != _contents;
        (_isClosed, IsDone, _contents, _problem) = (false, true, contents, problem);
        return isNew;
    }

    /// <summary>It cannot be read yet: another close, or a pause, is waited for.</summary>
    public void Postpone(TimeSpan now) => (_isClosed, _notBefore) = (false, now + TryAgainAfter);
}
