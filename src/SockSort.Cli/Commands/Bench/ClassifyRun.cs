using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using SockSort.Imaging;
using SockSort.Models;
using SockSort.Models.Inference;

namespace SockSort.Cli.Commands.Bench;

/// <summary>What a frame costs, beside the bare run.</summary>
/// <param name="Milliseconds">Of a frame, median of the rounds.</param>
/// <param name="BareMilliseconds">Of ONNX Runtime alone, median of the rounds.</param>
/// <param name="PreparingMilliseconds">Of stretching and scaling, within <paramref name="Milliseconds"/>.</param>
/// <param name="AllocatedBytes">A frame, managed.</param>
internal sealed record ClassifyRun(double Milliseconds, double BareMilliseconds, double PreparingMilliseconds, double AllocatedBytes)
{
    private const int WarmUp = 5;

    public static ClassifyRun Measure(ModelPackage package, Frame frame, int threads, int frames, int rounds, CancellationToken cancel)
    {
        using var classifier = new Classifier(package, new InferenceOptions { Threads = threads });
        var preprocessor = package.Card.Input.CreatePreprocessor();
        var image = new float[preprocessor.TensorLength];
        preprocessor.Fill(frame, image);
        using var bare = new BareSession(package, threads, image);
        var (ours, theirs, preparing) = (new double[rounds], new double[rounds], new double[rounds]);
        Action classify = () => classifier.Classify(frame), runBare = bare.Run, prepare = () => preprocessor.Fill(frame, image);
        _ = Time(WarmUp, classify);
        _ = Time(WarmUp, runBare);
        long allocated = 0;
        for (var round = 0; round < rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            var before = GC.GetAllocatedBytesForCurrentThread();
            ours[round] = Time(frames, classify);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            theirs[round] = Time(frames, runBare);
            preparing[round] = Time(frames, prepare);
        }
        return new ClassifyRun(Median(ours), Median(theirs), Median(preparing), (double)allocated / (rounds * frames));
    }

    private static double Time(int times, Action work)
    {
        var start = Stopwatch.GetTimestamp();
        for (var time = 0; time < times; time++)
            work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / times;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
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
