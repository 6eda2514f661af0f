using Microsoft.ML.OnnxRuntime;
using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Models.Inference;

/// <summary>The network without a head: pictures to embeddings.</summary>
/// <remarks>Safe for several threads at once, each with an <see cref="EmbeddingBatch"/> of its own.</remarks>
public sealed class Backbone : IDisposable
{
    /// <summary>S of the pictures that it was trained on.</summary>
    public const int NativeSide = 224;

    /// <summary>Number of halvings in the network: S must be a multiple of it.</summary>
    public const int SideStep = 32;

    /// <summary>Where the program keeps the backbone that it is shipped with.</summary>
    public static string ShippedPath { get; } = Path.Combine(AppContext.BaseDirectory, "models", "efficientnet-lite0.onnx");

    private readonly OnnxModel _model;
    private readonly InferenceSession _session;

    /// <param name="model">Input <c>image</c>, output <c>embedding</c>.</param>
    /// <param name="options">With one thread, several batches run side by side at full speed.</param>
    /// <exception cref="ModelException">An input or output is missing, or ONNX Runtime refuses the model.</exception>
    public Backbone(OnnxModel model, InferenceOptions options)
    {
        model.RequireInput(ModelPackage.InputName);
        _model = model;
        EmbeddingLength = model.OutputWidth(ModelPackage.EmbeddingName);
        _session = OnnxSession.Open(model.ToBytes(), options, model.File);
    }

    /// <summary>Numbers of one embedding.</summary>
    public int EmbeddingLength { get; }

    /// <summary>Buffers for runs of <paramref name="size"/> pictures of <paramref name="side"/> x <paramref name="side"/>.</summary>
    /// <exception cref="ModelException">The graph declares pictures of another size, or a fixed number of them other than one.</exception>
    public EmbeddingBatch CreateBatch(int size, int side = NativeSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(side % SideStep, 0);
        _model.RequirePictures(side);
        return new EmbeddingBatch(_session, _model, size, side, EmbeddingLength);
    }

    public void Dispose() => _session.Dispose();
}
