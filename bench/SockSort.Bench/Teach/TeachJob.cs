using System.Diagnostics;
using SockSort.Edge.Loop;
using SockSort.Imaging.Encoding;
using SockSort.Imaging.Synthetic;
using SockSort.Teaching.Photos;
using SockSort.Teaching.Sessions;

namespace SockSort.Bench.Teach;

/// <summary>
/// Three new socks are shown to a running system that knows three others and the empty scene from the same camera, as the page Teach does
/// it: each is told at once from three frames, then a model is trained while the camera goes on, and takes the old one's place.
/// </summary>
public sealed class TeachJob : IDisposable
{
    private const int PhotosPerSock = 12;
    private const int Each = 3;

    // A showing in which no new frame comes is over by then.
    private static readonly TimeSpan LongestShowing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestTraining = TimeSpan.FromMinutes(20);

    private readonly BenchFolder _folder = new(Path.GetTempPath());
    private readonly TeachOptions _options;
    private readonly string[] _known;
    private readonly string[] _new;
    private readonly ShownSocks _socks;

    /// <param name="options">What is taught, and by what.</param>
    public TeachJob(TeachOptions options)
    {
        _options = options;
        var labels = SockDesigns.Pick(options.Seed, 2 * Each).Select(design => design.Label).ToArray();
        (_known, _new) = (labels[..Each], labels[Each..]);
        _socks = new ShownSocks(options.Seed);
    }

    private string Photos => Path.Combine(_folder.Path, "photos");

    private string Model => Path.Combine(_folder.Path, "model.tar.gz");

    /// <summary>Teaches.</summary>
    /// <exception cref="BenchException">A step of it fails, as its message says.</exception>
    public async Task<TeachResult> RunAsync(CancellationToken cancellation)
    {
        _options.Tell($"known: {string.Join(", ", _known)}; new: {string.Join(", ", _new)}");
        foreach (var label in _known.Append(Scenario.Blank))
            Teach(label);
        await _options.TrainFirst(Photos, Model, cancellation);
        await using var system = await TaughtSystem.StartAsync(Photos, Model, _options, cancellation);
        var knownBefore = await JudgeAsync(system, [.. _known, Scenario.Blank], cancellation);
        List<(int Taken, TimeSpan? FirstAnswer)> shown = [];
        var clock = new Stopwatch();
        foreach (var label in _new)
        {
            clock.Restart();
            shown.Add(await ShowAsync(system, label, cancellation));
        }
        var beside = await JudgeAsync(system, [.. _known, Scenario.Blank, .. _new], cancellation);
        // What was judged in between is none of the user's waiting.
        var showing = clock.Elapsed - beside.Took;
        var training = Stopwatch.StartNew();
        var meanwhile = await TrainAsync(system, cancellation);
        training.Stop();
        var after = await JudgeAsync(system, [.. _known, Scenario.Blank, .. _new], cancellation);
        var known = _known.Length + 1;
        return new TeachResult(
            [.. _new.Select((label, index) => new TaughtSock(
                label, shown[index].Taken, shown[index].FirstAnswer, beside.Right[known + index], after.Right[known + index],
                _options.Judged))],
            knownBefore.Right.Sum(),
            beside.Right.Take(known).Sum(),
            after.Right.Take(known).Sum(),
            known * _options.Judged,
            showing + training.Elapsed,
            training.Elapsed,
            meanwhile);
    }

    public void Dispose()
    {
        _socks.Dispose();
        _folder.Dispose();
    }

    /// <summary>What was taught before: frames of other showings, as photos.</summary>
    private void Teach(string label)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Photos, SockName.Parse(label).Folder));
        foreach (var (index, drawn) in _socks.Taught(label, PhotosPerSock).Index())
            File.WriteAllBytes(Path.Combine(folder.FullName, $"{index:00}.jpg"), JpegWriter.Encode(drawn.Frame));
    }

    /// <summary>How many of the frames that are kept for judging are told right, of each sock; frame by frame, none overtaken.</summary>
    private async Task<(int[] Right, TimeSpan Took)> JudgeAsync(TaughtSystem system, string[] labels, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var right = new int[labels.Length];
        foreach (var (index, label) in labels.Index())
        {
            foreach (var drawn in _socks.Judged(label, _options.Judged))
            {
                var told = await system.ShowAsync(drawn, cancellation);
                right[index] += told.Label == label ? 1 : 0;
            }
            _options.Tell($"  {label}: {right[index]} of {_options.Judged}");
        }
        return (right, clock.Elapsed);
    }

    /// <summary>Shows a sock to the page Teach, and keeps its photos.</summary>
    private async Task<(int Taken, TimeSpan? FirstAnswer)> ShowAsync(TaughtSystem system, string label, CancellationToken cancellation)
    {
        system.Teaching.Begin(label, system.Camera.Name, isMore: false);
        if (system.Teaching.View is { State: not TeachingState.Showing } refused)
            throw new BenchException($"{label} cannot be taught: {refused.Told}");
        var (clock, third, first) = (Stopwatch.StartNew(), (TimeSpan?)null, (TimeSpan?)null);
        void Look(EdgeFrame frame)
        {
            if (frame.Label == label)
                first ??= clock.Elapsed;
        }

        system.Runner.FrameDone += Look;
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1 / _options.Fps));
        foreach (var drawn in _socks.Shown(label))
        {
            _ = await pace.WaitForNextTickAsync(cancellation);
            _ = system.Camera.Show(drawn);
            var view = system.Teaching.View;
            if (view.Taken >= PhotoFolder.FewestPhotos)
                third ??= clock.Elapsed;
            if (view.Taken >= view.Wanted || clock.Elapsed > LongestShowing)
                break;
        }
        system.Runner.FrameDone -= Look;
        var all = system.Teaching.View.Taken;
        await system.Teaching.FinishAsync();
        if (system.Teaching.View is { State: not TeachingState.Kept } thrown)
            throw new BenchException($"{label} was not kept: {thrown.Told}");
        _options.Tell($"  {label}: {all} frames taken in {clock.Elapsed.TotalSeconds:0.0} s");
        return (all, first - third);
    }

    /// <summary>Trains and uses the model while the camera goes on.</summary>
    private async Task<FramesMeanwhile> TrainAsync(TaughtSystem system, CancellationToken cancellation)
    {
        var before = system.Runner.Model!.Version;
        var (given, overtaken, counted) = (0L, system.Camera.Counts.Dropped, await system.CountAsync(cancellation));
        system.Teaching.Train();
        var clock = Stopwatch.StartNew();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1 / _options.Fps));
        foreach (var drawn in _socks.Mixed([.. _known, .. _new]))
        {
            _ = await pace.WaitForNextTickAsync(cancellation);
            _ = system.Camera.Show(drawn);
            given++;
            var view = system.Teaching.View;
            if (view.State == TeachingState.Trained)
                system.Teaching.Use();
            if (view is { State: TeachingState.Kept, Told: { } told })
                throw new BenchException($"the training has failed: {told}");
            if (system.Runner.Model!.Version != before)
                break;
            if (clock.Elapsed > LongestTraining)
                throw new BenchException("the training does not end");
        }
        var messages = await system.CountAsync(cancellation) - counted;
        overtaken = system.Camera.Counts.Dropped - overtaken;
        return new FramesMeanwhile(given, overtaken, given - overtaken - messages);
    }
}
