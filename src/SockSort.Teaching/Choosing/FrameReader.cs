using SockSort.Imaging;
using SockSort.Imaging.Kernels;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Teaching.Photos;

namespace SockSort.Teaching.Choosing;

/// <summary>
/// Sees in a frame what <see cref="FrameChooser"/> goes by: with the model in use, before there is one with the backbone.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class FrameReader : IDisposable
{
    private readonly Sharpness _sharpness = new();
    private readonly Classifier? _classifier;
    private readonly int _blank = -1;
    private readonly Backbone? _backbone;
    private readonly EmbeddingBatch? _batch;
    private readonly Preprocessor? _preprocessor;

    private FrameReader(ModelPackage package)
    {
        _classifier = new Classifier(package);
        _blank = _classifier.Labels.ToList().IndexOf(SockName.Background.Label);
    }

    private FrameReader(string backbone)
    {
        _backbone = new Backbone(OnnxModel.Read(backbone), new InferenceOptions());
        _batch = _backbone.CreateBatch(1);
        _preprocessor = new Preprocessor(Backbone.NativeSide);
    }

    /// <summary>With the model in use, or where there is none with the backbone.</summary>
    /// <param name="model">Path of the package.</param>
    /// <param name="backbone">Path of the ONNX file.</param>
    /// <exception cref="Models.ModelException">What is there cannot be read or run.</exception>
    public static FrameReader Open(string model, string backbone) =>
        File.Exists(model) ? new FrameReader(ModelPackage.Read(model)) : new FrameReader(backbone);

    public ShownFrame Read(Frame frame)
    {
        var sharpness = _sharpness.Of(frame);
        if (_classifier is not null)
        {
            _ = _classifier.Classify(frame);
            double? blank = _blank < 0 ? null : _classifier.Probabilities[_blank];
            return new ShownFrame(frame, _classifier.Embedding.ToArray(), sharpness, blank);
        }
        _preprocessor!.Fill(frame, _batch!.Image(0));
        _batch.Run();
        return new ShownFrame(frame, _batch.Embedding(0).ToArray(), sharpness, Blank: null);
    }

    public void Dispose()
    {
        _classifier?.Dispose();
        _batch?.Dispose();
        _backbone?.Dispose();
    }
}
