namespace SockSort.Edge.Cameras.Sources.Folders;

/// <summary>
/// State of one file in a followed folder. The file is ready when its writer has closed it, or when it has not changed for a while.
/// </summary>
/// <param name="path">Absolute path of the file.</param>
internal sealed class FolderFile(string path)
{
    /// <summary>
    /// Time without a change after which a file counts as complete, for writers on other machines, whose closing is not reported.
    /// </summary>
    public static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>Time since the last change after which a file that cannot be read is given up.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(0.5);

    private long _length = -1;
    private bool _isClosed;
    private TimeSpan _notBefore;
    private UInt128? _contents;
    private string? _problem;

    public string Path { get; } = path;

    /// <summary>When the file was last written, by the clock of the file system, UTC.</summary>
    public DateTime WrittenAt { get; private set; }

    /// <summary>When the last change was noticed, by this process's own clock.</summary>
    public TimeSpan ChangedAt { get; private set; }

    /// <summary>Whether the file in its present state was handed out or given up.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Notes that the writer has closed the file or moved it here.</summary>
    public void Close() => (_isClosed, IsDone) = (true, false);

    /// <summary>Checks the length and the write time of the file, and notes a change.</summary>
    public void Look(TimeSpan now)
    {
        var info = new FileInfo(Path);
        var (length, written) = info.Exists ? (info.Length, info.LastWriteTimeUtc) : (0, default);
        if (length == _length && written == WrittenAt)
            return;
        (_length, WrittenAt, ChangedAt, IsDone) = (length, written, now, false);
    }

    /// <param name="now">Time by this process's own clock.</param>
    /// <param name="utc">Time by the clock of the file system, UTC.</param>
    public bool IsReady(TimeSpan now, DateTime utc)
    {
        var hasSettled = now - ChangedAt >= Settled || utc - WrittenAt >= Settled;
        return !IsDone && (_isClosed || (hasSettled && now >= _notBefore));
    }

    /// <summary>Whether a file that cannot be read may still be being written.</summary>
    public bool MayGrow(TimeSpan now) => now - ChangedAt < GivenUpAfter;

    /// <summary>Notes that the file was read or given up.</summary>
    /// <param name="contents">Hash of the contents; null if they could not be read.</param>
    /// <param name="problem">Why the contents could not be read as a picture; null if they could.</param>
    /// <returns>False if the result is the same as before, for example when a program only set the file's time.</returns>
    public bool Finish(UInt128? contents, string? problem)
    {
        var isNew = contents is null ? problem != _problem : contents != _contents;
        (_isClosed, IsDone, _contents, _problem) = (false, true, contents, problem);
        return isNew;
    }

    /// <summary>Notes that the file cannot be read yet, and waits for another close or a pause.</summary>
    public void Postpone(TimeSpan now) => (_isClosed, _notBefore) = (false, now + TryAgainAfter);
}
