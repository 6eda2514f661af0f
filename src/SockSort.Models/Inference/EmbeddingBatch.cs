using Microsoft.ML.OnnxRuntime;
using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Models.Inference;

/// <summary>A fixed number of pictures that go through a backbone together. Allocates nothing per run.</summary>
/// <remarks>One thread at a time. Dispose before its backbone.</remarks>
public sealed class EmbeddingBatch : IDisposable
{
    private readonly InferenceSession _session;
    private readonly PinnedTensor _images;
    private readonly PinnedTensor _embeddings;
    private readonly OrtIoBinding[] _bindings;
    private readonly RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly string _file;

    internal EmbeddingBatch(InferenceSession session, OnnxModel model, int size, int side, int embeddingLength)
    {
        (_session, _file, Size) = (session, model.File, size);
        _images = new PinnedTensor(size, 3, side, side);
        _embeddings = new PinnedTensor(size, embeddingLength);
        _bindings = model.TakesOneAtATime ? [.. Enumerable.Range(0, size).Select(index => Bind(index, 1))] : [Bind(0, size)];
    }

    /// <summary>Pictures of one run; those that were not filled anew are computed again.</summary>
    public int Size { get; }

    /// <summary>Where picture <paramref name="index"/> goes: <c>[3, S, S]</c> as the preprocessing gives it.</summary>
    public Span<float> Image(int index) => _images.Row(index);

    /// <summary>What came out for picture <paramref name="index"/>; valid until the next run.</summary>
    public ReadOnlySpan<float> Embedding(int index) => _embeddings.Row(index);

    /// <exception cref="ModelException">The graph cannot be run on pictures of this size.</exception>
    public void Run()
    {
        try
        {
            foreach (var binding in _bindings)
                _session.RunWithBinding(_run, binding);
        }
        catch (OnnxRuntimeException error)
        {
            throw ModelErrors.RuntimeRefused(_file, error);
        }
    }

    public void Dispose()
    {
        foreach (var binding in _bindings)
            binding.Dispose();
        _run.Dispose();
        _images.Dispose();
        _embeddings.Dispose();
    }

    private OrtIoBinding Bind(int first, int count)
    {
        var binding = _session.CreateIoBinding();
        binding.BindInput(ModelPackage.InputName, _images.View(first, count));
        binding.BindOutput(ModelPackage.EmbeddingName, _embeddings.View(first, count));
        return binding;
    }
}
