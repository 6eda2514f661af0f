using System.Threading.Channels;
using SockSort.Dataset.Photos;
using SockSort.Imaging;
using SockSort.Shared;
using SockSort.Teaching.Choosing;
using SockSort.Teaching.Photos;

namespace SockSort.Teaching.Sessions;

/// <summary>
/// One sock before one camera: frames are chosen on a thread of its own, and the sock is told as soon as there are enough.
/// </summary>
internal sealed class Showing : IDisposable
{
    private readonly Channel<Frame> _newest = Channel.CreateBounded<Frame>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly FrameReader _reader;
    private readonly ILearner? _learner;
    private readonly FrameChooser _chooser;
    private readonly CancellationToken _cancel;
    private readonly Task _looking;
    private volatile int _taken;
    private volatile int _advice = -1;
    private volatile bool _isLearnt;

    /// <param name="folder">Owned, as the reader.</param>
    /// <param name="place">Where the photos go.</param>
    /// <param name="learner">Null where the sock is not told before it is trained.</param>
    /// <param name="cancel">Ends the learner's work.</param>
    public Showing(
        SockName sock, string camera, PhotoFolder folder, string place, FrameReader reader, ILearner? learner, ChooserOptions options,
        CancellationToken cancel)
    {
        (Sock, Camera, Folder, Place, _reader, _learner, _cancel) = (sock, camera, folder, place, reader, learner, cancel);
        Told = ClassLabel.Of(Path.GetFileName(place));
        _chooser = new FrameChooser(options);
        _looking = Task.WhenAll(Task.Run(LookAsync), Task.Run(() => TryAsync(PrepareAsync)));
    }

    public SockName Sock { get; }

    /// <summary>The label that a model of these photos tells: that of the folder, which may have other letters than the name.</summary>
    public string Told { get; }

    public string Camera { get; }

    public PhotoFolder Folder { get; }

    public string Place { get; }

    public int Taken => _taken;

    public Advice? Advice => _advice < 0 ? null : (Advice)_advice;

    /// <summary>Whether the sock is told already.</summary>
    public bool IsLearnt => _isLearnt;

    /// <summary>The frames taken; only after <see cref="StopAsync"/>.</summary>
    public IReadOnlyList<Frame> Frames => _chooser.Taken;

    public void See(Frame frame) => _ = _newest.Writer.TryWrite(frame);

    public async Task StopAsync()
    {
        _ = _newest.Writer.TryComplete();
        await _looking;
    }

    public void Dispose()
    {
        _reader.Dispose();
        Folder.Dispose();
    }

    private async Task LookAsync()
    {
        await foreach (var frame in _newest.Reader.ReadAllAsync())
        {
            var before = _chooser.Count;
            _advice = (int)_chooser.Look(_reader.Read(frame));
            _taken = _chooser.Count;
            if (_learner is not null && _taken > before && _taken >= PhotoFolder.FewestPhotos)
                _isLearnt = await TryAsync(() => _learner.LearnAsync(Told, _chooser.Taken, _cancel));
        }
    }

    private async Task<bool> PrepareAsync()
    {
        await (_learner?.PrepareAsync(_cancel) ?? Task.CompletedTask);
        return true;
    }

    private static async Task<bool> TryAsync(Func<Task<bool>> learn)
    {
        try
        {
            return await learn();
        }
        catch (Exception error) when (error is ExpectedException or OperationCanceledException)
        {
            // The model cannot be run, which its camera tells of, or the program ends; photos are taken all the same.
            return false;
        }
    }
}
