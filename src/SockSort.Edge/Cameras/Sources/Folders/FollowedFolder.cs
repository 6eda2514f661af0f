using System.IO.Hashing;
using System.Runtime.CompilerServices;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Labels;

namespace SockSort.Edge.Cameras.Sources.Folders;

/// <summary>
/// A folder whose pictures are delivered as they come, each when it is complete: first the existing ones in the order of their names, then
/// new and rewritten ones. It has no end.
/// </summary>
internal sealed class FollowedFolder : IPictureSource
{
    private static readonly TimeSpan EventsEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ScanEvery = TimeSpan.FromSeconds(1);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Dictionary<string, FolderFile> _files = new(StringComparer.Ordinal);
    private readonly List<FolderFile> _pending = [];
    private FolderLabels? _labels;
    private DateTime _labelsWrittenAt;
    private TimeSpan _nextScan;
    private bool _isFirst = true;

    private FollowedFolder(string folder, TimeProvider time)
    {
        (Name, _time) = (folder, time);
        _folder = Path.GetFullPath(folder);
        _start = time.GetTimestamp();
    }

    public string Name { get; }

    public bool IsLive => false;

    public bool Reopens => true;

    public bool MayBeSilent => true;

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public static FollowedFolder Open(string folder, CameraOptions options) => new(folder, options.Time);

    public async IAsyncEnumerable<SourcePicture> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var events = FolderEvents.TryWatch(_folder);
        _nextScan = Now;
        while (true)
        {
            Look(events);
            foreach (var file in Ready())
            {
                if (await Task.Run(() => Read(file), cancel) is { } picture)
                    yield return picture;
            }
            await Task.Delay(EventsEvery, _time, cancel);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Look(FolderEvents? events)
    {
        var closed = events?.Take() ?? [];
        if (closed.Count == 0 && Now < _nextScan)
            return;
        Scan();
        foreach (var name in closed)
            _files.GetValueOrDefault(Path.Combine(_folder, name))?.Close();
        _pending.Clear();
        _pending.AddRange(_files.Values.Where(file => !file.IsDone));
    }

    private void Scan()
    {
        var begun = Now;
        var gone = _files.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var path in Paths())
        {
            if (!_files.TryGetValue(path, out var file))
                _files[path] = file = new FolderFile(path);
            file.Look(begun);
            gone.Remove(path);
        }
        foreach (var path in gone)
            _files.Remove(path);
        // A folder of a million files, or one on a slow network drive, must not be scanned all the time.
        var took = Now - begun;
        _nextScan = Now + (took * 10 > ScanEvery ? took * 10 : ScanEvery);
    }

    private List<string> Paths()
    {
        try
        {
            return [.. PictureFile.In(_folder)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CameraErrors.FolderGone(Name, error);
        }
    }

    private FolderFile[] Ready()
    {
        var (now, utc) = (Now, _time.GetUtcNow().UtcDateTime);
        var ready = _pending.Where(file => file.IsReady(now, utc));
        // The write times of existing files give no useful order, because copying gives all of them the same one.
        ready = _isFirst ? ready.OrderBy(file => file.Path, StringComparer.Ordinal)
            : ready.OrderBy(file => file.WrittenAt).ThenBy(file => file.Path, StringComparer.Ordinal);
        _isFirst = false;
        return [.. ready];
    }

    /// <returns>Null if there is nothing new to deliver, or the file cannot be read yet.</returns>
    private SourcePicture? Read(FolderFile file)
    {
        var name = Path.GetFileName(file.Path);
        UInt128? contents = null;
        try
        {
            var bytes = RegularFile.ReadAllBytes(file.Path);
            contents = XxHash128.HashToUInt128(bytes);
            var picture = PictureReader.Read(bytes, file.Path);
            return file.Finish(contents, problem: null) ? new SourcePicture(name, picture, LabelOf(file.Path)) : null;
        }
        catch (Exception error) when (error is PictureException or IOException or UnauthorizedAccessException)
        {
            if (file.MayGrow(Now) && RegularFile.OtherKindOf(file.Path) is null && File.Exists(file.Path))
            {
                file.Postpone(Now);
                return null;
            }
            var problem = error is PictureException unreadable ? unreadable.Reason : error.Message;
            return file.Finish(contents, problem) ? new SourcePicture(name, Picture: null, Problem: problem) : null;
        }
    }

    /// <summary>
    /// True label of a picture. The labels file is read again when it changes; if it is malformed it may be half-written, so its previous
    /// labels stay.
    /// </summary>
    private string? LabelOf(string path)
    {
        var writtenAt = File.GetLastWriteTimeUtc(Path.Combine(_folder, LabelsFile.Name));
        if (_labels is null || writtenAt != _labelsWrittenAt)
        {
            try
            {
                (_labels, _labelsWrittenAt) = (FolderLabels.Read(_folder), writtenAt);
            }
            catch (CameraException)
            {
                // The next picture tries again.
            }
        }
        return _labels?.Of(path);
    }
}
