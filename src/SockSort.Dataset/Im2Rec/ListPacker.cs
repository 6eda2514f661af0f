using SockSort.Dataset.Lists;
using SockSort.Dataset.RecordIO;
using SockSort.Dataset.Storage;

namespace SockSort.Dataset.Im2Rec;

/// <summary>Makes a <c>.lst</c> into a <c>.rec</c> and <c>.idx</c>, byte for byte as im2rec does.</summary>
/// <remarks>
/// Threads take lines in turn, each packs into a slot of a ring, and whichever completes the next record in order writes it and all that
/// wait behind it. A thread that is a ring's length ahead waits, so memory does not grow with the list. Nothing is dropped:
/// a photo that fails is reported in its place, and an unexpected error ends the run without leaving a <c>.rec</c>.
/// </remarks>
public sealed class ListPacker
{
    private const int SlotsPerThread = 4;

    private readonly Func<CancellationToken, IPhotoSource> _photos;
    private readonly PackOptions _options;
    private readonly IPackWatcher _watcher;

    /// <param name="root">The photos' folder; paths of the list are relative to it.</param>
    /// <param name="options">How photos are packed.</param>
    /// <param name="watcher">Hears of each photo.</param>
    public ListPacker(string root, PackOptions options, IPackWatcher watcher)
        : this(_ => new PhotoFile(root, options.AllowOutside), options, watcher)
    {
    }

    /// <param name="photos">Paths of the list are keys of it.</param>
    /// <param name="options">How photos are packed.</param>
    /// <param name="watcher">Hears of each photo.</param>
    public ListPacker(IStorage photos, PackOptions options, IPackWatcher watcher)
        : this(cancellation => new StoredPhotos(photos, cancellation), options, watcher)
    {
    }

    private ListPacker(Func<CancellationToken, IPhotoSource> photos, PackOptions options, IPackWatcher watcher)
    {
        _photos = photos;
        _options = options;
        _watcher = watcher;
    }

    /// <summary>Time spent in each step by all threads of all lists so far.</summary>
    public PackTimes Times { get; } = new();

    /// <summary>Packs one list; the two files appear beside it, or under <paramref name="recPath"/>, when all is written.</summary>
    /// <exception cref="IOException">The list cannot be read or the record file not be written.</exception>
    /// <exception cref="PlatformNotSupportedException">The options need a library that the machine lacks.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no file has appeared.</exception>
    public PackResult Pack(string listPath, string? recPath = null, CancellationToken cancellation = default)
    {
        using var list = ListReader.Open(listPath);
        using var writer = IndexedRecordWriter.Create(recPath ?? Path.ChangeExtension(listPath, ".rec"));
        var threads = Math.Max(1, _options.Threads);
        var ring = new RecordRing(list, writer, _watcher, threads * SlotsPerThread, Times);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (threads == 1)
            Work(ring, abort);
        else
            RunThreads(threads, ring, abort);
        ring.ThrowIfFailed();
        cancellation.ThrowIfCancellationRequested();
        ring.Finish();
        writer.Commit();
        return ring.Result;
    }

    private void RunThreads(int threads, RecordRing ring, CancellationTokenSource abort)
    {
        var workers = Enumerable.Range(0, threads)
            .Select(i => new Thread(() => Work(ring, abort)) { Name = $"im2rec {i}", IsBackground = true })
            .ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
    }

    private void Work(RecordRing ring, CancellationTokenSource abort)
    {
        try
        {
            using var packer = new PhotoPacker(_photos(abort.Token), _options);
            while (!abort.IsCancellationRequested && ring.TryTake(abort.Token) is { } slot)
                ring.Complete(slot, packer);
            Times.Add(packer);
        }
        catch (OperationCanceledException)
        {
            // The one who cancelled reports why.
        }
        catch (Exception error)
        {
            ring.Fail(error);
            abort.Cancel();
        }
    }
}
