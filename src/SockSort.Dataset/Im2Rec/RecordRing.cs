using System.Diagnostics;
using System.Runtime.ExceptionServices;
using SockSort.Dataset.Lists;
using SockSort.Dataset.RecordIO;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.OpenCv;

namespace SockSort.Dataset.Im2Rec;

/// <summary>Hands out list lines in order to any thread, and writes the finished records in that order.</summary>
internal sealed class RecordRing
{
    private readonly ListReader _list;
    private readonly IndexedRecordWriter _writer;
    private readonly IPackWatcher _watcher;
    private readonly PackTimes _times;
    private readonly Slot[] _slots;
    private readonly SemaphoreSlim _free;
    private readonly Lock _taking = new();
    private readonly Lock _writing = new();

    private readonly List<ListProblem> _trailing = [];

    private long _taken;
    private long _written;
    private long _packed;
    private long _warnings;
    private long _leftOut;
    private long _badLines;
    private ExceptionDispatchInfo? _failure;

    public RecordRing(ListReader list, IndexedRecordWriter writer, IPackWatcher watcher, int slots, PackTimes times)
    {
        _list = list;
        _writer = writer;
        _watcher = watcher;
        _times = times;
        _slots = [.. Enumerable.Range(0, slots).Select(_ => new Slot())];
        _free = new SemaphoreSlim(slots);
    }

    public PackResult Result => new(_packed, _warnings, _leftOut, _badLines);

    /// <summary>The next photo of the list in a free slot; waits while all are in use; null at the end of the list.</summary>
    public Slot? TryTake(CancellationToken abort)
    {
        _free.Wait(abort);
        lock (_taking)
        {
            var slot = _slots[_taken % _slots.Length];
            if (!ReadLine(slot))
            {
                // Others wait for a slot, too, and are to find the end.
                _free.Release();
                return null;
            }
            slot.Index = _taken++;
            return slot;
        }
    }

    /// <summary>Packs the slot's photo, then writes it and what waited for it, if it is the next in order.</summary>
    public void Complete(Slot slot, PhotoPacker packer)
    {
        try
        {
            slot.Warning = packer.Pack(slot.Line!, slot.Record);
            slot.Failure = null;
        }
        catch (PictureException error)
        {
            (slot.Failure, slot.Warning) = (error.Reason, null);
        }
        lock (_writing)
        {
            slot.IsDone = true;
            var start = Stopwatch.GetTimestamp();
            while (_slots[_written % _slots.Length] is { IsDone: true } next && next.Index == _written)
                Write(next);
            _times.AddWrite(Stopwatch.GetElapsedTime(start));
        }
    }

    /// <summary>Reports the lines at fault behind the last photo; call when all threads have ended.</summary>
    public void Finish()
    {
        foreach (var problem in _trailing)
            Report(problem);
        _trailing.Clear();
    }

    public void Fail(Exception error) => Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);

    public void ThrowIfFailed() => _failure?.Throw();

    /// <summary>Lines at fault go into the slot of the photo behind them, so that they are reported in order.</summary>
    private bool ReadLine(Slot slot)
    {
        while (_list.TryRead(out var line, out var problem))
        {
            if (line is not null)
            {
                slot.Line = line;
                return true;
            }
            slot.Problems.Add(problem!);
        }
        _trailing.AddRange(slot.Problems);
        slot.Problems.Clear();
        return false;
    }

    private void Write(Slot slot)
    {
        foreach (var problem in slot.Problems)
            Report(problem);
        slot.Problems.Clear();
        if (slot.Failure is null)
        {
            _writer.Write(slot.Line!.Id, slot.Record.Written);
            _packed++;
        }
        else
        {
            _leftOut++;
            _watcher.OnPhotoLeftOut(slot.Line!, slot.Failure);
        }
        if (slot.Warning is not null)
        {
            _warnings++;
            _watcher.OnWarning(slot.Line!, slot.Warning);
        }
        _watcher.OnPhotoDone(_written);
        slot.IsDone = false;
        _written++;
        _free.Release();
    }

    private void Report(ListProblem problem)
    {
        if (!problem.IsBlank)
            _badLines++;
        _watcher.OnLineSkipped(problem);
    }

    internal sealed class Slot
    {
        public long Index = -1;
        public bool IsDone;
        public ListLine? Line;
        public string? Failure;
        public string? Warning;

        public RecordBytes Record { get; } = new();

        public List<ListProblem> Problems { get; } = [];
    }
}
