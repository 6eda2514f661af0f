using SockSort.Imaging;
using SockSort.Models.Inference;
using SockSort.Models.Package;

namespace SockSort.Bench.Classify;

/// <summary>The time for one frame, compared with ONNX Runtime alone; each figure summarises all rounds.</summary>
/// <param name="Ours">Contrast stretching, scaling, inference and choice of the label.</param>
/// <param name="Bare">Inference by ONNX Runtime alone.</param>
/// <param name="Preparing">Contrast stretching and scaling, which are part of <paramref name="Ours"/>.</param>
/// <param name="AllocatedBytes">Managed bytes allocated for each frame.</param>
public sealed record ClassifyRun(RoundTimes Ours, RoundTimes Bare, RoundTimes Preparing, double AllocatedBytes)
{
    private const int WarmUp = 5;

    public static ClassifyRun Measure(ModelPackage package, Frame frame, int threads, int frames, int rounds, CancellationToken cancel)
    {
        using var classifier = new Classifier(package, new InferenceOptions { Threads = threads });
        var preprocessor = package.Card.Input.CreatePreprocessor();
        var image = new float[preprocessor.TensorLength];
        preprocessor.Fill(frame, image);
        using var bare = new BareSession(package, threads, image);
        var (ours, theirs, preparing) = (new RoundTime[rounds], new RoundTime[rounds], new RoundTime[rounds]);
        Action classify = () => classifier.Classify(frame), runBare = bare.Run, prepare = () => preprocessor.Fill(frame, image);
        _ = Time(WarmUp, classify);
        _ = Time(WarmUp, runBare);
        long allocated = 0;
        for (var round = 0; round < rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            // The two alternate in going first: threads of the previous one still spin for a moment when the next one starts.
            if (round % 2 == 1)
                theirs[round] = Time(frames, runBare);
            var before = GC.GetAllocatedBytesForCurrentThread();
            ours[round] = Time(frames, classify);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            if (round % 2 == 0)
                theirs[round] = Time(frames, runBare);
            preparing[round] = Time(frames, prepare);
        }
        return new ClassifyRun(RoundTimes.Of(ours), RoundTimes.Of(theirs), RoundTimes.Of(preparing), (double)allocated / (rounds * frames));
    }

    private static RoundTime Time(int times, Action work)
    {
        var clock = new RoundClock();
        for (var time = 0; time < times; time++)
            work();
        return clock.For(times);
    }
}

/// <summary>The time for one frame in one round.</summary>
/// <param name="Milliseconds">Elapsed time for a frame.</param>
/// <param name="CpuMilliseconds">Processor time for a frame, of all threads of the process.</param>
public readonly record struct RoundTime(double Milliseconds, double CpuMilliseconds);

/// <summary>The times for one frame over all rounds.</summary>
/// <param name="Median">Milliseconds for a frame in the median round.</param>
/// <param name="Best">Milliseconds in the fastest round, which shows what the machine can do when nothing else runs.</param>
/// <param name="Cpu">Milliseconds of processor time for a frame in the median round; other load on the machine hardly changes it.</param>
public readonly record struct RoundTimes(double Median, double Best, double Cpu)
{
    public static RoundTimes Of(RoundTime[] rounds)
    {
        var (clock, cpu) = (
            rounds.Select(round => round.Milliseconds).Order().ToArray(), rounds.Select(round => round.CpuMilliseconds).Order().ToArray());
        return new RoundTimes(clock[clock.Length / 2], clock[0], cpu[cpu.Length / 2]);
    }
}
