using System.Runtime.InteropServices;
using Google.Protobuf;

namespace SockSort.Models.Onnx;

/// <summary>Small messages that nodes which are added to a graph are made of.</summary>
internal static class GraphParts
{
    private const int Int64 = 7; // TensorProto.DataType.INT64

    /// <param name="name">Of the constant.</param>
    /// <param name="shape">Its axes.</param>
    /// <param name="values">Row-major.</param>
    public static TensorProto Tensor(string name, long[] shape, float[] values) =>
        Raw(name, OnnxModel.Float32, shape, MemoryMarshal.AsBytes(values.AsSpan()));

    public static TensorProto WholeNumbers(string name, long[] values) =>
        Raw(name, Int64, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()));

    public static AttributeProto Whole(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Wholes(string name, params long[] values) =>
        new() { Name = name, Ints = { values }, Type = AttributeProto.Types.AttributeType.Ints };

    /// <summary>N x width of float32.</summary>
    public static TypeProto Matrix(int width) => new()
    {
        TensorType = new TypeProto.Types.Tensor
        {
            ElemType = OnnxModel.Float32,
            Shape = new TensorShapeProto
            {
                Dim =
                {
                    new TensorShapeProto.Types.Dimension { DimParam = "N" },
                    new TensorShapeProto.Types.Dimension { DimValue = width },
                },
            },
        },
    };

    private static TensorProto Raw(string name, int type, long[] shape, ReadOnlySpan<byte> bytes)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("ONNX stores little-endian numbers, this machine is big-endian");
        return new TensorProto { Name = name, DataType = type, Dims = { shape }, RawData = ByteString.CopyFrom(bytes) };
    }
}
