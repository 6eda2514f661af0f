using Microsoft.ML.OnnxRuntime;
using SockSort.Models.Package;

namespace SockSort.Bench.Classify;

/// <summary>ONNX Runtime as anybody would use it: default settings except for the threads, buffers bound once.</summary>
internal sealed class BareSession : IDisposable
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
