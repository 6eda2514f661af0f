using SockSort.Mqtt.Broker;

namespace SockSort.Bench.Edge.Glass;

/// <summary>
/// From glass to glass: a camera draws the time into its pictures, the edge in a process of its own classifies and shows them, and viewers
/// read the time out of the live view's stream.
/// </summary>
public static class GlassJob
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <param name="program">Starts this program with arguments, for the edge.</param>
    /// <param name="options">Camera, viewers and length.</param>
    /// <param name="tell">Told of each stretch at its end.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="BenchException">The edge does not start, or ends a stream.</exception>
    public static async Task<GlassResult> RunAsync(
        ProgramStart program, GlassOptions options, Action<GlassStretch> tell, CancellationToken cancellation)
    {
        using var folder = new BenchFolder(Path.GetTempPath());
        var model = Path.Combine(folder.Path, "model.tar.gz");
        options.Model.Write(model);
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: cancellation);
        long messages = 0;
        broker.Intake("sockfound", message =>
        {
            _ = Interlocked.Increment(ref messages);
            return Task.CompletedTask;
        });
        await using var camera = await ClockCamera.StartAsync(options.CameraFps, cancellation);
        await using var edge = await EdgeProcess.StartAsync(
            program, model, camera.Address, options.EdgeFps, broker.Endpoint, cancellation);
        var viewers = Enumerable.Range(0, options.Viewers).Select(number => ViewerOf(number, options, edge, camera)).ToArray();
        try
        {
            var processor = await WatchAsync(viewers, edge, options, tell, cancellation);
            var (fast, slow) = (viewers.Where(viewer => !viewer.IsSlow), viewers.Where(viewer => viewer.IsSlow));
            return new GlassResult(
                camera.Given,
                Interlocked.Read(ref messages),
                fast.Min(viewer => viewer.Pictures),
                slow.Select(viewer => viewer.Pictures).DefaultIfEmpty().Min(),
                viewers.Sum(viewer => viewer.Unreadable),
                viewers.Sum(viewer => viewer.OutOfOrder),
                processor / options.For);
        }
        finally
        {
            foreach (var viewer in viewers)
                viewer.Dispose();
        }
    }

    private static GlassViewer ViewerOf(int number, GlassOptions options, EdgeProcess edge, ClockCamera camera)
    {
        var isSlow = number < options.SlowViewers;
        // Reading a clock costs as much as all the rest of a viewer, so those that are fast share it: each picture is read once or so.
        var readsEach = isSlow ? 1 : options.Viewers - options.SlowViewers;
        return new GlassViewer(edge.View, () => camera.Now, isSlow ? options.SlowBytesPerSecond : null, readsEach);
    }

    /// <returns>Processor time that the edge took.</returns>
    private static async Task<TimeSpan> WatchAsync(
        GlassViewer[] viewers, EdgeProcess edge, GlassOptions options, Action<GlassStretch> tell, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = viewers.Select(viewer => viewer.WatchAsync(end.Token)).ToArray();
        await FirstPicturesAsync(viewers, watching, cancellation);
        var processor = edge.Processor;
        using var timer = new PeriodicTimer(options.Each);
        for (var at = options.Each; at <= options.For; at += options.Each)
        {
            var tick = timer.WaitForNextTickAsync(cancellation).AsTask();
            // A stream that ends tells at once, not at the end of the run.
            await await Task.WhenAny([tick, .. watching]);
            tell(new GlassStretch(at, AgesOf(viewers, isSlow: false), AgesOf(viewers, isSlow: true), edge.Bytes));
        }
        processor = edge.Processor - processor;
        await end.CancelAsync();
        await Task.WhenAll(watching);
        return processor;
    }

    /// <summary>What comes before everybody sees something is the start, and is not measured.</summary>
    private static async Task FirstPicturesAsync(GlassViewer[] viewers, Task[] watching, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LookEvery);
        while (viewers.Any(viewer => viewer.Pictures == 0))
            await await Task.WhenAny([timer.WaitForNextTickAsync(cancellation).AsTask(), .. watching]);
        foreach (var viewer in viewers)
            _ = viewer.TakeAges();
    }

    private static Latencies AgesOf(GlassViewer[] viewers, bool isSlow)
    {
        var all = new Latencies();
        foreach (var viewer in viewers.Where(viewer => viewer.IsSlow == isSlow))
            all.Add(viewer.TakeAges());
        return all;
    }
}
