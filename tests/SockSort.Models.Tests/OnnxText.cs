using Google.Protobuf;
using SockSort.Models.Onnx;

namespace SockSort.Models.Tests;

/// <summary>Builds small ONNX files.</summary>
internal static class OnnxText
{
    public static byte[] Model(IEnumerable<NodeProto> nodes, ValueInfoProto input, ValueInfoProto output) => new ModelProto
    {
        IrVersion = 8,
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } },
        Graph = new GraphProto { Name = "small", Node = { nodes }, Input = { input }, Output = { output } },
    }.ToByteArray();

    /// <param name="name">Of the value.</param>
    /// <param name="shape">A number for a fixed axis, a text for an open one.</param>
    public static ValueInfoProto Value(string name, params object[] shape) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = 1,
                Shape = new TensorShapeProto
                {
                    Dim =
                    {
                        shape.Select(axis => axis is int length
                            ? new TensorShapeProto.Types.Dimension { DimValue = length }
                            : new TensorShapeProto.Types.Dimension { DimParam = (string)axis }),
                    },
                },
            },
        },
    };
}
