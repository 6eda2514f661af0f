using SockSort.Imaging;
using SockSort.Shared;
using SockSort.Teaching.Choosing;
using SockSort.Teaching.Photos;
using SockSort.Teaching.Waiting;

namespace SockSort.Teaching.Sessions;

/// <summary>
/// Teaching in a program that runs: a sock is shown to one of its cameras, photos are kept, a model is trained, then used or thrown away.
/// One teaches at a time. Thread-safe.
/// </summary>
/// <param name="photos">The folder of the socks' folders.</param>
/// <param name="openReader">Opens what sees frames, at each beginning: the model may have changed.</param>
/// <param name="trainer">Trains; null where the program has no trainer, so that only photos are kept.</param>
/// <param name="learner">Tells the sock before it is trained; null where nothing recognises.</param>
public sealed class TeachingSession(
    string photos, Func<FrameReader> openReader, ITrainer? trainer, ILearner? learner = null) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly List<string> _lines = [];
    private readonly ChooserOptions _options = new();
    private Showing? _showing;
    private Task? _endingShowing;
    private Task _training = Task.CompletedTask;
    private CancellationTokenSource? _trainingEnd;
    private ITrainedModel? _trained;
    private TeachingState _state;
    private (string Text, bool IsTrouble)? _told;

    /// <summary>Frames that wait for somebody who says what they show.</summary>
    public WaitingFrames Waiting { get; } = new(photos);

    /// <summary>Whether a model can be trained here.</summary>
    public bool CanTrain => trainer is not null;

    /// <summary>The present moment.</summary>
    public TeachingView View
    {
        get
        {
            lock (_gate)
            {
                return new TeachingView(
                    _state, _showing?.Sock.Label, _showing?.Advice, _showing?.Taken ?? 0, _options.Wanted, [.. _lines], _told?.Text,
                    _told?.IsTrouble ?? false)
                {
                    IsLearnt = _showing?.IsLearnt ?? false,
                };
            }
        }
    }

    /// <summary>Begins to take frames of a sock.</summary>
    /// <param name="name">As its user writes it.</param>
    /// <param name="camera">The camera to which it is shown.</param>
    /// <param name="isMore">Whether photos are added to a sock that is known.</param>
    public void Begin(string name, string camera, bool isMore) => Try(() =>
    {
        if (_state is not (TeachingState.Idle or TeachingState.Kept))
            throw TeachingErrors.NotNow(name, "another sock is being taught; wait, or cancel it");
        var sock = SockName.Parse(name);
        var folder = PhotoFolder.Open(photos);
        try
        {
            var place = folder.FolderOf(sock, isMore);
            var options = _options with { IsBackground = sock.IsBackground };
            _showing = new Showing(sock, camera, folder, place, openReader(), sock.IsBackground ? null : learner, options, _ending.Token);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
        _state = TeachingState.Showing;
    });

    /// <summary>Whether there is a folder of the sock's photos.</summary>
    public bool Knows(SockName sock) => PhotoFolder.Find(photos, sock) is not null;

    /// <summary>Whether a sock is being shown to this camera.</summary>
    public bool IsShownTo(string camera) => Volatile.Read(ref _showing)?.Camera == camera;

    /// <summary>Looks at a frame of a camera, soon and on another thread; the newest one where it is busy.</summary>
    public void See(string camera, Frame frame)
    {
        // Read without the lock: this is asked for each frame of each camera.
        if (Volatile.Read(ref _showing) is { } showing && showing.Camera == camera)
            showing.See(frame);
    }

    /// <summary>Keeps the frames taken as photos.</summary>
    public Task FinishAsync() => EndShowingAsync(showing =>
    {
        var frames = showing.Frames;
        showing.Folder.Add(showing.Sock, showing.Place, frames);
        _told = ($"{frames.Count} photos of {showing.Sock.Label} are kept", false);
        return TeachingState.Kept;
    });

    /// <summary>Throws the frames taken away, ends a training, or throws away the model that it made.</summary>
    public async Task CancelAsync()
    {
        Task training;
        lock (_gate)
        {
            _trainingEnd?.Cancel();
            training = _training;
        }
        await training;
        if (View.State == TeachingState.Showing)
        {
            await EndShowingAsync(_ => TeachingState.Idle);
            return;
        }
        if (View.State == TeachingState.Trained)
            Try(ThrowAway);
    }

    /// <summary>A frame that waits shows this sock.</summary>
    /// <param name="name">As its user writes it.</param>
    public void NameWaiting(string id, string name) => Try(() =>
    {
        var sock = SockName.Parse(name);
        if (!Waiting.Name(id, sock))
            throw TeachingErrors.NotNow(sock.Label, "this frame waits no more: somebody has named it or thrown it away");
        _told = ($"One photo more of {sock.Label} is kept", false);
        if (_state == TeachingState.Idle)
            _state = TeachingState.Kept;
    });

    /// <summary>A frame that waits teaches nothing.</summary>
    public void ThrowAwayWaiting(string id) => Try(() => Waiting.ThrowAway(id));

    /// <summary>Begins to train a model with all photos.</summary>
    public void Train() => Try(() =>
    {
        if (trainer is null || _state is not (TeachingState.Idle or TeachingState.Kept))
            throw TeachingErrors.NotNow("training", trainer is null ? "this program has no trainer" : "wait until the sock is shown");
        _lines.Clear();
        _trainingEnd = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        _training = Task.Run(() => TrainAsync(trainer, _trainingEnd.Token));
        _state = TeachingState.Training;
    });

    /// <summary>Puts the trained model in use.</summary>
    public void Use() => Try(() =>
    {
        if (_trained is null)
            throw TeachingErrors.NotNow("use", "no trained model waits");
        _told = (_trained.Use(), false);
        _trained.Dispose();
        _trained = null;
        _state = TeachingState.Idle;
    });

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _training;
        await EndShowingAsync(_ => TeachingState.Idle);
        _trained?.Dispose();
        _trainingEnd?.Dispose();
        _ending.Dispose();
    }

    private void ThrowAway()
    {
        _trained?.Dispose();
        _trained = null;
        _told = ("The new model was thrown away; the photos stay", false);
        _state = TeachingState.Idle;
    }

    private async Task EndShowingAsync(Func<Showing, TeachingState> end)
    {
        Task ending;
        lock (_gate)
        {
            if (_showing is not { } showing)
                return;
            // Whoever asks again while it ends waits for that and changes nothing.
            ending = _endingShowing ??= Task.Run(() => EndAsync(showing, end));
        }
        await ending;
    }

    private async Task EndAsync(Showing showing, Func<Showing, TeachingState> end)
    {
        await showing.StopAsync();
        var isKept = false;
        Try(() =>
        {
            (_showing, _endingShowing, _state) = (null, null, TeachingState.Idle);
            try
            {
                _state = end(showing);
                isKept = _state == TeachingState.Kept;
            }
            finally
            {
                showing.Dispose();
            }
        });
        if (!isKept && learner is not null && !_ending.IsCancellationRequested)
            await learner.ForgetAsync(showing.Told, _ending.Token);
    }

    private async Task TrainAsync(ITrainer used, CancellationToken cancel)
    {
        var (state, told) = (TeachingState.Kept, ((string, bool)?)null);
        try
        {
            var trained = await used.TrainAsync(photos, Tell, cancel);
            lock (_gate)
                _trained = trained;
            state = TeachingState.Trained;
        }
        catch (OperationCanceledException)
        {
            told = ("The training was ended; the photos stay", false);
        }
        catch (Exception error) when (error is ExpectedException or IOException or UnauthorizedAccessException)
        {
            told = (error.Message, true);
        }
        lock (_gate)
        {
            _told = told;
            _state = state;
        }
    }

    private void Tell(string line)
    {
        lock (_gate)
            _lines.Add(line);
    }

    /// <summary>Does a step; what is wrong with it is told, not thrown: its user sees a page.</summary>
    private void Try(Action step)
    {
        lock (_gate)
        {
            _told = null;
            try
            {
                step();
            }
            catch (Exception error) when (error is ExpectedException or IOException or UnauthorizedAccessException)
            {
                _told = (error.Message, true);
            }
        }
    }
}
