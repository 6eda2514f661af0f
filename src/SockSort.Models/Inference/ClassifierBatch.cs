using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using SockSort.Models.Package;

namespace SockSort.Models.Inference;

/// <summary>Pictures that are classified together. Allocates nothing per run.</summary>
/// <remarks>One thread at a time.</remarks>
public sealed class ClassifierBatch : IDisposable
{
    private readonly InferenceSession _session;
    private readonly bool _isOneByOne;
    private readonly PinnedTensor _images;
    private readonly PinnedTensor _probabilities;
    private readonly PinnedTensor _embeddings;
    private readonly PinnedTensor? _unknowns;
    private readonly OrtIoBinding[] _bindings;
    private readonly RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

    /// <param name="isOneByOne">The graph takes one picture a run.</param>
    /// <param name="hasUnknown">The graph has the output <c>unknown</c>.</param>
    internal ClassifierBatch(
        InferenceSession session, int size, int side, int labels, int embeddingLength, bool isOneByOne, bool hasUnknown)
    {
        (_session, Size, _isOneByOne) = (session, size, isOneByOne);
        _images = new PinnedTensor(size, 3, side, side);
        _probabilities = new PinnedTensor(size, labels);
        _embeddings = new PinnedTensor(size, embeddingLength);
        _unknowns = hasUnknown ? new PinnedTensor(size, 1) : null;
        _bindings = [.. Enumerable.Range(0, size).Select(index => isOneByOne ? Bind(index, 1) : Bind(0, index + 1))];
    }

    /// <summary>Most pictures of one run.</summary>
    public int Size { get; }

    /// <summary>Where picture <paramref name="index"/> goes: <c>[3, S, S]</c> as the preprocessing gives it.</summary>
    public Span<float> Image(int index) => _images.Row(index);

    /// <summary>Shares of 1, one a label; valid until the next run.</summary>
    public ReadOnlySpan<float> Probabilities(int index) => _probabilities.Row(index);

    /// <summary>The features of picture <paramref name="index"/>; valid until the next run.</summary>
    public ReadOnlySpan<float> Embedding(int index) => _embeddings.Row(index);

    /// <summary>How little picture <paramref name="index"/> is like any class, 0..1; null where the model does not say it.</summary>
    public float? Unknown(int index) => _unknowns?.Row(index)[0];

    /// <summary>Classifies the first <paramref name="count"/> pictures, 1 to <see cref="Size"/>.</summary>
    /// <exception cref="ModelException">The graph cannot be run on pictures of this size, or gives NaN for one.</exception>
    public void Run(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Size);
        try
        {
            RunBound(count);
        }
        catch (OnnxRuntimeException error)
        {
            throw ModelErrors.RuntimeRefused(ModelPackage.OnnxEntry, error);
        }
        for (var index = 0; index < count; index++)
        {
            // One sum tells it of all: NaN and infinity stay in it.
            if (!float.IsFinite(TensorPrimitives.Sum(Probabilities(index)) + (Unknown(index) ?? 0)))
                throw ModelErrors.NoProbability(ModelPackage.OnnxEntry);
        }
    }

    public void Dispose()
    {
        foreach (var binding in _bindings)
            binding.Dispose();
        _run.Dispose();
        _images.Dispose();
        _probabilities.Dispose();
        _embeddings.Dispose();
        _unknowns?.Dispose();
    }

    private void RunBound(int count)
    {
        if (!_isOneByOne)
        {
            _session.RunWithBinding(_run, _bindings[count - 1]);
            return;
        }
        for (var index = 0; index < count; index++)
            _session.RunWithBinding(_run, _bindings[index]);
    }

    private OrtIoBinding Bind(int first, int count)
    {
        var binding = _session.CreateIoBinding();
        binding.BindInput(ModelPackage.InputName, _images.View(first, count));
        binding.BindOutput(ModelPackage.ProbabilityName, _probabilities.View(first, count));
        binding.BindOutput(ModelPackage.EmbeddingName, _embeddings.View(first, count));
        if (_unknowns is not null)
            binding.BindOutput(ModelPackage.UnknownName, _unknowns.View(first, count));
        return binding;
    }
}
