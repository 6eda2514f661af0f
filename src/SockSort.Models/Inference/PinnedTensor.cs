using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace SockSort.Models.Inference;

/// <summary>A float32 tensor over memory of ours that stays where it is: bound once, filled and read for every run.</summary>
internal sealed class PinnedTensor : IDisposable
{
    private readonly float[] _values;

    /// <param name="shape">Every axis at least 1.</param>
    public PinnedTensor(params ReadOnlySpan<long> shape)
    {
        var length = 1L;
        foreach (var axis in shape)
            length = checked(length * axis);
        _values = GC.AllocateArray<float>(checked((int)length), pinned: true);
        // Pinned for as long as the array lives, which this object keeps alive, which outlives the value that it disposes.
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0);
        Value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape.ToArray(), address, length * sizeof(float));
    }

    public OrtValue Value { get; }

    public Span<float> Span => _values;

    public void Dispose() => Value.Dispose();
}
