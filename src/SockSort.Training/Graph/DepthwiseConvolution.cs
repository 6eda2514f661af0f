using SockSort.Models.Onnx;

namespace SockSort.Training.Graph;

/// <summary>A convolution that has one window for each channel.</summary>
/// <param name="Weight">Name of its weights.</param>
/// <param name="Bias">Name of its bias; null = none.</param>
/// <param name="Window">Its steps and padding.</param>
internal sealed record DepthwiseConvolution(string Weight, string? Bias, Window Window)
{
    /// <returns>Null = the node is none, or one of a form that the kernel does not know.</returns>
    public static DepthwiseConvolution? Find(NodeProto node, NodeReader reader, IReadOnlyDictionary<string, TensorProto> constants)
    {
        if (node.OpType != "Conv" || !constants.TryGetValue(node.Input[1], out var weight) || weight.Dims is not [var channels, 1, _, _]
            || reader.Whole("group", 1) != channels || channels == 1)
            return null;
        var window = Window.Of(reader, [.. weight.Dims.Skip(2)]);
        var bias = node.Input.Count > 2 ? node.Input[2] : null;
        return window is { SameUpper: false, Dilations: [1, 1] } ? new DepthwiseConvolution(node.Input[1], bias, window) : null;
    }

    /// <param name="input">N x H x W x C.</param>
    /// <param name="output">N x OH x OW x C.</param>
    public DepthwiseShape ShapeFor(long[] input, long[] output) => new(
        (int)input[0], (int)input[1], (int)input[2], (int)input[3], (int)output[1], (int)output[2],
        (int)Window.Size[0], (int)Window.Size[1], (int)Window.Strides[0], (int)Window.Strides[1], (int)Window.Pads[0], (int)Window.Pads[1]);
}
