using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Edge.Recognition.Orders;
using SockSort.Imaging;
using SockSort.Models;
using SockSort.Models.Versions;
using SockSort.Shared;

namespace SockSort.Edge.Recognition;

/// <summary>
/// The model that the cameras of a process run. It follows its file, and takes orders to put another package in the file's place. A new
/// model is opened and tried beside the old one, to which cameras hold until they go over between two frames; one that cannot be used is
/// told of and counted, and the old one goes on.
/// </summary>
public sealed class SharedModel : IAsyncDisposable
{
    private const int MostOrders = 8;

    private readonly SharedModelOptions _options;
    private readonly ILogger _log;
    private readonly GrowingCount _refusals;
    private readonly SemaphoreSlim _changing = new(1);
    private readonly ShownSocks _shown;
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<(byte[] Order, bool IsRetained)> _orders =
        Channel.CreateBounded<(byte[], bool)>(new BoundedChannelOptions(MostOrders) { SingleReader = true });

    private readonly Task _working;
    private volatile ModelInUse _current;
    private long _taken;
    private long _refused;
    private volatile string? _problem;
    private bool _isProblemOfFile;
    private string? _logged;

    private SharedModel(ModelInUse first, SharedModelOptions options)
    {
        (_current, _options) = (first, options);
        _log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<SharedModel>();
        _refusals = new GrowingCount(options.Time);
        _shown = new ShownSocks(options.KnownPictures);
        _working = Task.WhenAll(Task.Run(FollowAsync), Task.Run(TakeOrdersAsync));
    }

    /// <summary>Raised, on any thread, when a model or an order was refused, or the file is again what is in use.</summary>
    internal event Action? StatusChanged;

    /// <summary>Opens the first model, and follows its file from now on.</summary>
    /// <exception cref="ModelException">ONNX Runtime refuses the model, or it gives no probabilities.</exception>
    /// <exception cref="ModelRefusedException">A camera tells unknown socks, and the model names no threshold.</exception>
    public static SharedModel Open(PackageFile file, SharedModelOptions options) =>
        new(Load(file, options.Path ?? "the model", options), options);

    /// <summary>The newest model; cameras go over to it between two frames.</summary>
    public ModelInUse Current => _current;

    /// <summary>Whether an order may put another package in its place: it is a file of this machine, and that is not turned off.</summary>
    public bool TakesOrders => _options.Path is not null && _options.TakesOrders;

    /// <summary>Takes an order, as it comes on a camera's topic, and returns at once; it is carried out in the background.</summary>
    /// <param name="order">A <see cref="ModelOrder"/> as JSON.</param>
    /// <param name="isRetained">
    /// Whether it may be an old one, that the broker has kept. It counts once: a version that was in use here is not taken again by it, so
    /// that a rollback outlives the next start.
    /// </param>
    public void Order(byte[] order, bool isRetained)
    {
        if (!_orders.Writer.TryWrite((order, isRetained)))
            Refuse(RecognitionErrors.TooManyOrders(MostOrders).Message);
    }

    /// <summary>Looks at the pictures of known socks, so that a sock that is learnt soon is told at once.</summary>
    /// <param name="cancel">Ends the wait for a model that is just being taken.</param>
    /// <exception cref="ModelException">The model cannot be run.</exception>
    public async Task PrepareToLearnAsync(CancellationToken cancel)
    {
        await _changing.WaitAsync(cancel);
        try
        {
            await Task.Run(() => _shown.Prepare(_current), CancellationToken.None);
        }
        finally
        {
            _ = _changing.Release();
        }
    }

    /// <summary>
    /// Tells a sock by a few frames of it from now on, until a model comes that knows its label. Under a label that is known nothing
    /// changes.
    /// </summary>
    /// <param name="label">As it is told.</param>
    /// <param name="frames">At least one; they must not change any more. They take the place of those of an earlier call.</param>
    /// <param name="cancel">Ends the wait for a model that is just being taken.</param>
    /// <returns>Whether it is told: the label is not known, and its frames are not too much like those of a known sock.</returns>
    /// <exception cref="ModelException">The model cannot be run.</exception>
    public async Task<bool> LearnAsync(string label, IReadOnlyList<Frame> frames, CancellationToken cancel)
    {
        bool Show()
        {
            _shown.Show(label, frames);
            return true;
        }

        await ChangeShownAsync(Show, cancel);
        return _current.Learnt.Labels.Contains(label);
    }

    /// <summary>Tells a sock no more that was learnt from a few frames.</summary>
    /// <param name="label">One that was not learnt changes nothing.</param>
    /// <param name="cancel">Ends the wait for a model that is just being taken.</param>
    public Task ForgetAsync(string label, CancellationToken cancel) => ChangeShownAsync(() => _shown.Forget(label), cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _orders.Writer.Complete();
        await _ending.CancelAsync();
        await _working;
        _current.Release();
        _changing.Dispose();
        _ending.Dispose();
    }

    /// <summary>What is told of a model that is held here.</summary>
    internal ModelStatus StatusOf(ModelInUse model) => new(
        model.Version, model.Sha256, model.Since, model.Labels, Interlocked.Read(ref _taken), Interlocked.Read(ref _refused), _problem)
    {
        JustLearnt = model.Learnt.Labels is { Count: > 0 } labels ? labels : null,
    };

    internal bool IsCurrent(ModelInUse model) => ReferenceEquals(model, _current);

    /// <summary>Gives the newest model, which stays open until it is let go.</summary>
    internal ModelInUse Hold()
    {
        while (true)
        {
            // Between the two it may have been replaced and closed.
            if (_current is { } model && model.TryHold())
                return model;
        }
    }

    private static ModelInUse Load(PackageFile file, string source, SharedModelOptions options)
    {
        var model = new ModelInUse(file, options.Time.GetUtcNow());
        try
        {
            if (options.NeedsThreshold && model.Rejection is null)
                throw RecognitionErrors.NoThreshold(source);
            model.Try();
            return model;
        }
        catch
        {
            model.Release();
            throw;
        }
    }

    private async Task FollowAsync()
    {
        if (_options.Path is not { } path)
            return;
        var watch = new FileWatch(path);
        using var timer = new PeriodicTimer(_options.LookEvery, _options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                if (watch.HasChanged())
                    await ChangeAsync(() => TakeFile(path), isOfFile: true);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task TakeOrdersAsync()
    {
        try
        {
            await foreach (var (order, isRetained) in _orders.Reader.ReadAllAsync(_ending.Token))
                await ChangeAsync(() => TakeAsync(order, isRetained), isOfFile: false);
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    /// <summary>One change at a time; whatever goes wrong with it, the model that runs goes on.</summary>
    private async Task ChangeAsync(Func<Task> change, bool isOfFile)
    {
        await _changing.WaitAsync(_ending.Token);
        try
        {
            await change();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _isProblemOfFile = isOfFile;
            Refuse(error.Message);
        }
        finally
        {
            _ = _changing.Release();
        }
    }

    private async Task ChangeShownAsync(Func<bool> change, CancellationToken cancel)
    {
        await _changing.WaitAsync(cancel);
        try
        {
            var before = _current.Learnt;
            if (change())
                _current.Learnt = await Task.Run(() => _shown.ToldBy(_current), CancellationToken.None);
            if (before.Labels.SequenceEqual(_current.Learnt.Labels))
                return;
            _log.SocksJustLearnt(string.Join(", ", _current.Learnt.Labels));
        }
        finally
        {
            _ = _changing.Release();
        }
        StatusChanged?.Invoke();
    }

    private Task TakeFile(string path)
    {
        var bytes = PackageFile.BytesOf(path);
        // As it is at the start, and after an order.
        var isInUse = PackageFile.HashOf(bytes) == _current.Sha256;
        if (!isInUse)
            Adopt(Load(PackageFile.Of(bytes, path), path, _options));
        else if (_isProblemOfFile)
            Heal();
        return Task.CompletedTask;
    }

    private async Task TakeAsync(byte[] text, bool isRetained)
    {
        var order = ModelOrder.Parse(text);
        if (!TakesOrders || _options.Path is not { } path)
            throw RecognitionErrors.NoOrders();
        if (order.Sha256 == _current.Sha256)
            return;
        var versions = new ModelVersions(path);
        var version = order.Sha256[..PackageFile.VersionDigits];
        if (isRetained && versions.IsKept(version))
        {
            _log.ModelPassedOver(version);
            return;
        }
        var (bytes, source) = await BytesOfAsync(order, _options.PlacesOf(path));
        if (PackageFile.HashOf(bytes) is var hash && hash != order.Sha256)
            throw RecognitionErrors.HashDiffers(source, hash, order.Sha256);
        var file = PackageFile.Of(bytes, source);
        var model = Load(file, source, _options);
        try
        {
            _ = versions.Use(file);
        }
        catch
        {
            model.Release();
            throw;
        }
        Adopt(model);
    }

    private async Task<(byte[] Bytes, string Source)> BytesOfAsync(ModelOrder order, ModelPlaces places)
    {
        if (order.Url is { } address)
        {
            places.Require(address);
            var fetched = await ModelFetch.GetAsync(address, _options.FetchWithin, _options.JudgesCertificates, _ending.Token);
            return (fetched, RecognitionErrors.Shown(address));
        }
        var path = places.PathOf(order.Path!);
        return (PackageFile.BytesOf(path), path);
    }

    private void Adopt(ModelInUse next)
    {
        var before = _current;
        try
        {
            next.Learnt = _shown.ToldBy(next);
        }
        catch (ModelException)
        {
            // What was just learnt is a help until a model knows it, and no reason to refuse one. Cameras tell of a model that cannot be
            // run.
        }
        (_problem, _isProblemOfFile) = (null, false);
        _ = Interlocked.Increment(ref _taken);
        _current = next;
        before.Release();
        _log.ModelTaken(next.Version, before.Version, string.Join(", ", next.Labels));
    }

    private void Heal()
    {
        (_problem, _isProblemOfFile) = (null, false);
        StatusChanged?.Invoke();
    }

    private void Refuse(string problem)
    {
        _problem = problem;
        var count = Interlocked.Increment(ref _refused);
        // Who orders the same wrong thing again and again costs a line a minute.
        var isDue = _refusals.IsNews(count);
        if (Interlocked.Exchange(ref _logged, problem) != problem || isDue)
            _log.ModelRefused(_current.Version, problem);
        StatusChanged?.Invoke();
    }
}
