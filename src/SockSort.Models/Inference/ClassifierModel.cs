using Microsoft.ML.OnnxRuntime;
using SockSort.Imaging.Kernels;
using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Models.Inference;

/// <summary>A package's network, open for any number of threads, each with a <see cref="ClassifierBatch"/> of its own.</summary>
public sealed class ClassifierModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly ModelInput _input;
    private readonly bool _isOneByOne;
    private readonly int _embeddingLength;
    private readonly bool _hasUnknown;

    /// <param name="package">Not kept.</param>
    /// <param name="options">With one thread, several batches run side by side at full speed.</param>
    /// <exception cref="ModelException">ONNX Runtime refuses the model.</exception>
    public ClassifierModel(ModelPackage package, InferenceOptions? options = null)
    {
        (Labels, _input) = (package.Labels, package.Card.Input);
        var onnx = OnnxModel.Parse(package.Onnx, ModelPackage.OnnxEntry);
        _embeddingLength = onnx.OutputWidth(ModelPackage.EmbeddingName);
        (_isOneByOne, _hasUnknown) = (onnx.TakesOneAtATime, package.Card.Unknown is not null);
        _session = OnnxSession.Open(package.Onnx, options ?? new InferenceOptions(), ModelPackage.OnnxEntry);
    }

    /// <summary>The shown names; index = class.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>S: pixels a side of what the model sees.</summary>
    public int InputSize => _input.Size;

    /// <summary>What makes a picture into the model's input; one thread at a time each.</summary>
    public Preprocessor CreatePreprocessor() => _input.CreatePreprocessor();

    /// <summary>Buffers for runs of 1 to <paramref name="size"/> pictures. Dispose before the model.</summary>
    public ClassifierBatch CreateBatch(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return new ClassifierBatch(_session, size, InputSize, Labels.Count, _embeddingLength, _isOneByOne, _hasUnknown);
    }

    public void Dispose() => _session.Dispose();
}
