using Microsoft.ML.OnnxRuntime;

namespace SockSort.Models.Inference;

/// <summary>A fixed number of pictures that go through a backbone together. Allocates nothing per run.</summary>
/// <remarks>One thread at a time. Dispose before its backbone.</remarks>
public sealed class EmbeddingBatch : IDisposable
{
    private readonly InferenceSession _session;
    private readonly PinnedTensor _images;
    private readonly PinnedTensor _embeddings;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _run = new();
    private readonly int _embeddingLength;

    internal EmbeddingBatch(InferenceSession session, int size, int side, int embeddingLength)
    {
        (_session, Size, _embeddingLength) = (session, size, embeddingLength);
        _images = new PinnedTensor(size, 3, side, side);
        _embeddings = new PinnedTensor(size, embeddingLength);
        _binding = session.CreateIoBinding();
        _binding.BindInput(ModelPackage.InputName, _images.Value);
        _binding.BindOutput(ModelPackage.EmbeddingName, _embeddings.Value);
    }

    /// <summary>Pictures of one run; those that were not filled anew are computed again.</summary>
    public int Size { get; }

    /// <summary>Where picture <paramref name="index"/> goes: <c>[3, S, S]</c> as the preprocessing gives it.</summary>
    public Span<float> Image(int index)
    {
        var length = _images.Span.Length / Size;
        return _images.Span.Slice(index * length, length);
    }

    /// <summary>What came out for picture <paramref name="index"/>; valid until the next run.</summary>
    public ReadOnlySpan<float> Embedding(int index) => _embeddings.Span.Slice(index * _embeddingLength, _embeddingLength);

    public void Run() => _session.RunWithBinding(_run, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        _run.Dispose();
        _images.Dispose();
        _embeddings.Dispose();
    }
}
