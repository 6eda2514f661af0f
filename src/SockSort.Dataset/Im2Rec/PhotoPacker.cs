using System.Diagnostics;
using SockSort.Dataset.Lists;
using SockSort.Dataset.RecordIO;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.OpenCv;

namespace SockSort.Dataset.Im2Rec;

/// <summary>Makes one list line into one record; one a thread.</summary>
internal sealed class PhotoPacker(IPhotoSource photos, PackOptions options) : IDisposable
{
    private readonly PhotoRecoder? _recoder = options.PassThrough ? null : new PhotoRecoder(options.Recode);
    private long _readTicks;

    /// <summary>Time spent in decoding, resizing and encoding; null when files pass through.</summary>
    public RecodeTimes? Times => _recoder?.Times;

    /// <summary>Time spent in reading files.</summary>
    public TimeSpan ReadTime => Stopwatch.GetElapsedTime(0, _readTicks);

    /// <summary>Fills <paramref name="record"/> with header, labels and photo.</summary>
    /// <returns>What is wrong with a photo that was packed all the same; null if nothing.</returns>
    /// <exception cref="PictureException">The photo cannot be packed.</exception>
    public string? Pack(ListLine line, RecordBytes record)
    {
        record.Clear();
        var start = Stopwatch.GetTimestamp();
        var file = photos.Read(line.Path);
        _readTicks += Stopwatch.GetTimestamp() - start;
        var packed = options.PackLabel && line.Labels.Length > 1;
        var header = record.Room(ImageRecord.HeaderLength(line.Labels.Length, packed));
        record.Advance(ImageRecord.WriteHeader(header, line.Id, line.Labels, packed));
        if (_recoder is not null)
            return _recoder.Recode(line.Path, file, record);
        record.Append(file);
        return null;
    }

    public void Dispose() => _recoder?.Dispose();
}
