using System.Text.Json;
using SockSort.Shared;
using SockSort.Teaching.Photos;

namespace SockSort.Teaching.Waiting;

/// <summary>
/// Frames of which the model was unsure, or which a correction names, until somebody says what they show: then they are photos of that sock
/// for the next training. They lie in <c>photos.teaching/waiting</c>, also over restarts. Thread-safe.
/// </summary>
/// <param name="photos">The folder of the socks' folders.</param>
public sealed class WaitingFrames(string photos)
{
    /// <summary>Most frames that wait. Beyond that those that a correction names take the place of the oldest of the others.</summary>
    public const int Most = 60;

    private readonly Lock _gate = new();
    private readonly string _folder = Path.Combine(PhotoFolder.Beside(photos), "waiting");
    private SortedDictionary<string, WaitingFrame>? _frames;
    private long _leftOut;
    private string? _problem;

    /// <summary>Frames that were left out since the start, as there was no room or they could not be kept.</summary>
    public long LeftOut => Interlocked.Read(ref _leftOut);

    /// <summary>Why the last one could not be kept; null where it could.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Those that wait, the newest first.</summary>
    public IReadOnlyList<WaitingFrame> All
    {
        get
        {
            lock (_gate)
                return [.. Frames.Values.Reverse()];
        }
    }

    private SortedDictionary<string, WaitingFrame> Frames => _frames ??= Load();

    /// <summary>Counts frames that came too fast to be kept.</summary>
    public void LeaveOut(int count) => Interlocked.Add(ref _leftOut, count);

    /// <summary>Takes a frame, or leaves it out and counts that: where it is full, or the disk is.</summary>
    /// <param name="frame">What is known of it; one that waits already learns what a correction says of it.</param>
    /// <param name="jpeg">The picture.</param>
    public void Add(WaitingFrame frame, byte[] jpeg)
    {
        lock (_gate)
        {
            try
            {
                if (Frames.ContainsKey(frame.Id) && !frame.IsCorrected)
                    return;
                if (!Frames.ContainsKey(frame.Id) && !MakeRoomFor(frame))
                {
                    LeaveOut(1);
                    return;
                }
                var note = JsonSerializer.SerializeToUtf8Bytes(frame, WaitingFrameJson.Default.WaitingFrame);
                Write(FileOf(frame.Id), JpegNote.Write(jpeg, note));
                Frames[frame.Id] = frame;
                _problem = null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                _problem = error.Message;
                LeaveOut(1);
            }
        }
    }

    /// <summary>The picture as JPEG; null where none of this id waits.</summary>
    public byte[]? Find(string id)
    {
        lock (_gate)
        {
            try
            {
                return Frames.ContainsKey(id) ? File.ReadAllBytes(FileOf(id)) : null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>The frame shows this sock: it is one of its photos from now on. One step, which is done or not.</summary>
    /// <returns>Whether it waited.</returns>
    /// <exception cref="TeachingException">
    /// The sock has no photos yet, somebody teaches at the moment, or the photo cannot be kept; the frame waits on.
    /// </exception>
    public bool Name(string id, SockName sock)
    {
        lock (_gate)
        {
            if (!Frames.ContainsKey(id))
                return false;
            using var folder = PhotoFolder.Open(photos);
            folder.Take(sock, FileOf(id));
            return Frames.Remove(id);
        }
    }

    /// <summary>The frame teaches nothing.</summary>
    /// <exception cref="TeachingException">It cannot be removed.</exception>
    public void ThrowAway(string id)
    {
        lock (_gate)
        {
            try
            {
                if (!Frames.ContainsKey(id))
                    return;
                File.Delete(FileOf(id));
                _ = Frames.Remove(id);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw TeachingErrors.NotRemoved(FileOf(id), error);
            }
        }
    }

    private bool MakeRoomFor(WaitingFrame frame)
    {
        if (Frames.Count < Most)
            return true;
        var oldest = Frames.FirstOrDefault(waiting => !waiting.Value.IsCorrected).Key;
        if (!frame.IsCorrected || oldest is null)
            return false;
        File.Delete(FileOf(oldest));
        _ = Frames.Remove(oldest);
        LeaveOut(1);
        return true;
    }

    private SortedDictionary<string, WaitingFrame> Load()
    {
        var frames = new SortedDictionary<string, WaitingFrame>(StringComparer.Ordinal);
        if (!Directory.Exists(_folder))
            return frames;
        try
        {
            // What a kill has left.
            PartialFile.RemoveAbandoned(_folder);
            foreach (var file in Directory.EnumerateFiles(_folder, "*.jpg"))
            {
                if (Read(file) is { } frame && frame.Id == Path.GetFileNameWithoutExtension(file))
                    frames[frame.Id] = frame;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _problem = error.Message;
        }
        return frames;
    }

    private static WaitingFrame? Read(string file)
    {
        try
        {
            var frame = JsonSerializer.Deserialize(JpegNote.Read(File.ReadAllBytes(file)), WaitingFrameJson.Default.WaitingFrame);
            return frame is { Camera: not null, Label: not null } ? frame : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // Somebody else's file, which stays where it is.
            return null;
        }
    }

    private static void Write(string file, byte[] bytes)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        DurableFile.Write(file, bytes);
    }

    private string FileOf(string id) => Path.Combine(_folder, $"{id}.jpg");
}
