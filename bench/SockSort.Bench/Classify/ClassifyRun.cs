using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using SockSort.Imaging;
using SockSort.Models.Inference;
using SockSort.Models.Package;

namespace SockSort.Bench.Classify;

/// <summary>What a frame costs, beside the bare run; each figure over the rounds.</summary>
/// <param name="Ours">Stretching, scaling, network, best label.</param>
/// <param name="Bare">ONNX Runtime alone.</param>
/// <param name="Preparing">Stretching and scaling, within <paramref name="Ours"/>.</param>
/// <param name="AllocatedBytes">A frame, managed.</param>
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
            // By turns first: threads of the one still spin for a moment when the other begins.
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
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        for (var time = 0; time < times; time++)
            work();
        return new RoundTime(
            Stopwatch.GetElapsedTime(start).TotalMilliseconds / times, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / times);
    }

    /// <summary>ONNX Runtime as anyone would call it: its own default settings but for the threads, buffers bound once.</summary>
    private sealed class BareSession : IDisposable
    {
        private readonly InferenceSession _session;
        private readonly OrtValue _image;
        private readonly OrtIoBinding _binding;
        private readonly RunOptions _run = new();

        public BareSession(ModelPackage package, int threads, float[] image)
        {
            using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
            _session = new InferenceSession(package.Onnx, options);
            var side = package.Card.Input.Size;
            _image = OrtValue.CreateTensorValueFromMemory(image, [1, 3, side, side]);
            _binding = _session.CreateIoBinding();
            _binding.BindInput(ModelPackage.InputName, _image);
            _binding.BindOutputToDevice(ModelPackage.ProbabilityName, OrtMemoryInfo.DefaultInstance);
            _binding.BindOutputToDevice(ModelPackage.EmbeddingName, OrtMemoryInfo.DefaultInstance);
        }

        public void Run() => _session.RunWithBinding(_run, _binding);

        public void Dispose()
        {
            _binding.Dispose();
            _run.Dispose();
            _image.Dispose();
            _session.Dispose();
        }
    }
}

/// <param name="Milliseconds">A frame, by the clock.</param>
/// <param name="CpuMilliseconds">A frame, of all threads of the process.</param>
public readonly record struct RoundTime(double Milliseconds, double CpuMilliseconds);

/// <param name="Median">Milliseconds a frame in the middle round.</param>
/// <param name="Best">In the quickest: what the machine can do when nothing else wants it.</param>
/// <param name="Cpu">Milliseconds of processor time a frame in the middle round: hardly changes with what else runs on the machine.</param>
public readonly record struct RoundTimes(double Median, double Best, double Cpu)
{
    public static RoundTimes Of(RoundTime[] rounds)
    {
        var (clock, cpu) = (
            rounds.Select(round => round.Milliseconds).Order().ToArray(), rounds.Select(round => round.CpuMilliseconds).Order().ToArray());
        return new RoundTimes(clock[clock.Length / 2], clock[0], cpu[cpu.Length / 2]);
    }
}
