using SockSort.Imaging;
using SockSort.Imaging.Kernels;
using SockSort.Models.Package;

namespace SockSort.Models.Inference;

/// <summary>Says which sock a frame shows. Allocates nothing per frame once it has seen a frame of the size.</summary>
/// <remarks>
/// One thread at a time; several that share one network each make their own by <see cref="Classifier(ClassifierModel)"/>.
/// </remarks>
public sealed class Classifier : IDisposable
{
    private readonly ClassifierModel _model;
    private readonly bool _ownsModel;
    private readonly Preprocessor _preprocessor;
    private readonly ClassifierBatch _batch;

    /// <exception cref="ModelException">ONNX Runtime refuses the model.</exception>
    public Classifier(ModelPackage package, InferenceOptions? options = null)
        : this(new ClassifierModel(package, options)) => _ownsModel = true;

    /// <param name="model">Stays open when this is disposed.</param>
    public Classifier(ClassifierModel model) =>
        (_model, _preprocessor, _batch) = (model, model.CreatePreprocessor(), model.CreateBatch(1));

    /// <summary>The shown names; index = class.</summary>
    public IReadOnlyList<string> Labels => _model.Labels;

    /// <summary>S: pixels a side of what the model sees.</summary>
    public int InputSize => _model.InputSize;

    /// <summary>What the model saw of the last frame: <c>[3, S, S]</c>, scaled; overwritten by the next.</summary>
    public ReadOnlySpan<float> Image => _batch.Image(0);

    /// <summary>Shares of 1, one a label, for the last frame; overwritten by the next.</summary>
    public ReadOnlySpan<float> Probabilities => _batch.Probabilities(0);

    /// <summary>The backbone's features of the last frame; overwritten by the next.</summary>
    public ReadOnlySpan<float> Embedding => _batch.Embedding(0);

    /// <summary>Opens a package's file.</summary>
    /// <exception cref="ModelException">The package or its model cannot be used.</exception>
    public static Classifier Open(string path, InferenceOptions? options = null) => new(ModelPackage.Read(path), options);

    /// <param name="frame">Any size.</param>
    public Classification Classify(Frame frame)
    {
        _preprocessor.Fill(frame, _batch.Image(0));
        _batch.Run(1);
        return Classification.Of(Labels, Probabilities, _batch.Unknown(0));
    }

    public void Dispose()
    {
        _batch.Dispose();
        if (_ownsModel)
            _model.Dispose();
    }
}
