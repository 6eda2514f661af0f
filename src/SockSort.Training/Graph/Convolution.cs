using F = TorchSharp.torch.nn.functional;

namespace SockSort.Training.Graph;

/// <summary>Conv: groups, strides, dilations and any padding, over two axes of space.</summary>
internal static class Convolution
{
    public static Operation Make(NodeReader node)
    {
        var weight = node.Constant(1) ?? throw node.Unsupported("no weight");
        var window = Window.Of(node, [.. weight.Dims.Skip(2)]);
        var groups = node.Whole("group", 1);
        return (inputs, _) =>
        {
            var input = inputs[0]!;
            var padding = window.Pad(ref input, 0, out var padded);
            using (padded)
                return F.conv2d(input, inputs[1]!, inputs.Length > 2 ? inputs[2] : null, window.Strides, padding, window.Dilations, groups);
        };
    }
}
