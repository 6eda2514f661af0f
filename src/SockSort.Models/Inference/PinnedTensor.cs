using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace SockSort.Models.Inference;

/// <summary>A float32 tensor over memory of ours that stays where it is: bound once, filled and read for every run.</summary>
internal sealed class PinnedTensor : IDisposable
{
    private readonly float[] _values;
    private readonly long[] _shape;
    private readonly List<OrtValue> _views = [];

    /// <param name="shape">Every axis at least 1.</param>
    public PinnedTensor(params ReadOnlySpan<long> shape)
    {
        _shape = shape.ToArray();
        RowLength = 1;
        foreach (var axis in shape[1..])
            RowLength = checked(RowLength * (int)axis);
        _values = GC.AllocateArray<float>(checked((int)shape[0] * RowLength), pinned: true);
    }

    /// <summary>Numbers of one row of the first axis.</summary>
    public int RowLength { get; }

    /// <summary>Row <paramref name="index"/> of the first axis.</summary>
    public Span<float> Row(int index) => _values.AsSpan(index * RowLength, RowLength);

    /// <summary>Some rows as a tensor of their own over the same memory; lives as long as this one.</summary>
    public OrtValue View(int firstRow, int rows)
    {
        // Pinned for as long as the array lives, which this object keeps alive, which outlives the views that it disposes.
        // The span checks the bounds.
        var length = _values.AsSpan(firstRow * RowLength, rows * RowLength).Length;
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(_values, firstRow * RowLength);
        long[] shape = [rows, .. _shape[1..]];
        var view = OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, address, (long)length * sizeof(float));
        _views.Add(view);
        return view;
    }

    public void Dispose()
    {
        foreach (var view in _views)
            view.Dispose();
    }
}
