using System.Threading.Channels;
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
    private readonly Task _looking;
    private volatile int _taken;
    private volatile int _advice = -1;
    private volatile bool _isLearnt;

    /// <param name="folder">Owned, as the reader.</param>
    /// <param name="place">Where the photos go.</param>
    /// <param name="learner">Null where the sock is not told before it is trained.</param>
    public Showing(
        SockName sock, string camera, PhotoFolder folder, string place, FrameReader reader, ILearner? learner, ChooserOptions options)
    {
        (Sock, Camera, Folder, Place, _reader, _learner) = (sock, camera, folder, place, reader, learner);
        _chooser = new FrameChooser(options);
        _looking = Task.WhenAll(Task.Run(LookAsync), Task.Run(() => TryAsync(PrepareAsync)));
    }

    public SockName Sock { get; }

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
                _isLearnt = await TryAsync(() => _learner.LearnAsync(Sock.Label, _chooser.Taken));
        }
    }

    private async Task<bool> PrepareAsync()
    {
        await (_learner?.PrepareAsync() ?? Task.CompletedTask);
        return true;
    }

    private static async Task<bool> TryAsync(Func<Task<bool>> learn)
    {
        try
        {
            return await learn();
        }
        catch (ExpectedException)
        {
            // The model cannot be run, which its camera tells of; photos are taken all the same.
            return false;
        }
    }
}
