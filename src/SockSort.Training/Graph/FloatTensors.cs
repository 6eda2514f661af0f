using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SockSort.Training.Graph;

/// <summary>
/// Tensors of float32 in this machine's memory that are filled and read where they lie: a step makes many, and copies on the managed heap
/// would pile up.
/// </summary>
internal static class FloatTensors
{
    /// <summary>Its numbers are what happened to be there.</summary>
    public static Tensor New(params long[] shape) => empty(shape, ScalarType.Float32);

    /// <summary>The numbers, in the order of memory; valid for as long as the tensor.</summary>
    /// <param name="tensor">Contiguous, on this machine.</param>
    public static Span<float> Numbers(this Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
