using System.Runtime.InteropServices;
using Google.Protobuf;
using SockSort.Models.Onnx;

namespace SockSort.Training.Graph;

/// <summary>The numbers in an ONNX tensor.</summary>
internal static class OnnxTensors
{
    private const int Int64 = 7;

    public static bool IsFloat(TensorProto tensor) => tensor.DataType == OnnxModel.Float32;

    /// <exception cref="TrainingException">It is no float32 tensor, or not as long as its shape says.</exception>
    public static float[] Floats(TensorProto tensor)
    {
        var values = tensor.DataType != OnnxModel.Float32 ? null
            : tensor.HasRawData ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray() : [.. tensor.FloatData];
        return values is not null && values.Length == Length(tensor)
            ? values
            : throw TrainingErrors.BadTensor(tensor.Name, tensor.DataType, "float32");
    }

    /// <exception cref="TrainingException">It is no int64 tensor with its numbers as raw data.</exception>
    public static long[] Wholes(TensorProto tensor) =>
        tensor.DataType == Int64 && tensor.RawData.Length == Length(tensor) * sizeof(long)
            ? MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray()
            : throw TrainingErrors.BadTensor(tensor.Name, tensor.DataType, "int64");

    /// <summary>Replaces the numbers; shape and name stay.</summary>
    public static void Replace(TensorProto tensor, ReadOnlySpan<float> values)
    {
        tensor.FloatData.Clear();
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
    }

    private static long Length(TensorProto tensor) => tensor.Dims.Aggregate(1L, (product, axis) => product * axis);
}
