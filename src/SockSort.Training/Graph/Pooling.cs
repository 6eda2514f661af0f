using F = TorchSharp.torch.nn.functional;

namespace SockSort.Training.Graph;

/// <summary>MaxPool and AveragePool over two axes of space.</summary>
internal static class Pooling
{
    public static Operation MakeMax(NodeReader node)
    {
        var window = WindowOf(node);
        return (inputs, _) =>
        {
            var input = inputs[0]!;
            var padding = window.Pad(ref input, double.NegativeInfinity, out var padded);
            using (padded)
                return F.max_pool2d(input, window.Size, window.Strides, padding, window.Dilations);
        };
    }

    public static Operation MakeAverage(NodeReader node)
    {
        var window = WindowOf(node);
        var countsPadding = node.Whole("count_include_pad", 0) != 0;
        if (!countsPadding && (window.SameUpper || window.Pads[0] != window.Pads[2] || window.Pads[1] != window.Pads[3]))
            throw node.Unsupported("other padding on opposite sides without count_include_pad");
        return (inputs, _) =>
        {
            var input = inputs[0]!;
            var padding = window.Pad(ref input, 0, out var padded);
            using (padded)
                return F.avg_pool2d(input, window.Size, window.Strides, padding, ceil_mode: false, count_include_pad: countsPadding);
        };
    }

    private static Window WindowOf(NodeReader node)
    {
        if (node.Whole("ceil_mode", 0) != 0)
            throw node.Unsupported("ceil_mode 1");
        return Window.Of(node, node.Wholes("kernel_shape"));
    }
}
