using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using SockSort.Imaging;
using SockSort.Imaging.Kernels;
using SockSort.Models.Onnx;

namespace SockSort.Models.Inference;

/// <summary>Says which sock a frame shows. Allocates nothing per frame once it has seen a frame of the size.</summary>
/// <remarks>One thread at a time.</remarks>
public sealed class Classifier : IDisposable
{
    private readonly InferenceSession _session;
    private readonly Preprocessor _preprocessor;
    private readonly PinnedTensor _image;
    private readonly PinnedTensor _probabilities;
    private readonly PinnedTensor _embedding;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _run = new();

    /// <exception cref="ModelException">ONNX Runtime refuses the model.</exception>
    public Classifier(ModelPackage package, InferenceOptions? options = null)
    {
        (Labels, InputSize) = (package.Labels, package.Card.Input.Size);
        _session = OnnxSession.Open(package.Onnx, options ?? new InferenceOptions(), ModelPackage.OnnxEntry);
        _preprocessor = new Preprocessor(InputSize);
        _image = new PinnedTensor(1, 3, InputSize, InputSize);
        _probabilities = new PinnedTensor(1, Labels.Count);
        _embedding = new PinnedTensor(1, OnnxModel.Parse(package.Onnx, ModelPackage.OnnxEntry).OutputWidth(ModelPackage.EmbeddingName));
        _binding = _session.CreateIoBinding();
        _binding.BindInput(ModelPackage.InputName, _image.Value);
        _binding.BindOutput(ModelPackage.ProbabilityName, _probabilities.Value);
        _binding.BindOutput(ModelPackage.EmbeddingName, _embedding.Value);
    }

    /// <summary>The shown names; index = class.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>S: pixels a side of what the model sees.</summary>
    public int InputSize { get; }

    /// <summary>Shares of 1, one a label, for the last frame; overwritten by the next.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities.Span;

    /// <summary>The backbone's features of the last frame; overwritten by the next.</summary>
    public ReadOnlySpan<float> Embedding => _embedding.Span;

    /// <summary>Opens a package's file.</summary>
    /// <exception cref="ModelException">The package or its model cannot be used.</exception>
    public static Classifier Open(string path, InferenceOptions? options = null) => new(ModelPackage.Read(path), options);

    /// <param name="frame">Any size.</param>
    public Classification Classify(Frame frame)
    {
        _preprocessor.Fill(frame, _image.Span);
        _session.RunWithBinding(_run, _binding);
        var best = TensorPrimitives.IndexOfMax(Probabilities);
        return new Classification(best, Labels[best], Probabilities[best]);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _run.Dispose();
        _image.Dispose();
        _probabilities.Dispose();
        _embedding.Dispose();
        _session.Dispose();
    }
}
