using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace SockSort.Training.Graph;

/// <summary>Computes one node.</summary>
/// <param name="inputs">In the node's order; null where an optional one is left out.</param>
/// <param name="reuse">The first input is needed by nobody else: its memory may be taken.</param>
internal delegate Tensor Operation(Tensor?[] inputs, bool reuse);

/// <summary>What each operator of ONNX is in torch. Source: ONNX Operators, opset 17.</summary>
internal static class Operators
{
    private static readonly Dictionary<string, Func<NodeReader, Operation>> Known = new(StringComparer.Ordinal)
    {
        ["Conv"] = Convolution.Make,
        ["MaxPool"] = Pooling.MakeMax,
        ["AveragePool"] = Pooling.MakeAverage,
        ["GlobalAveragePool"] = _ => (inputs, _) => inputs[0]!.mean([2, 3], keepdim: true),
        ["GlobalMaxPool"] = _ => (inputs, _) => inputs[0]!.amax([2, 3], keepdim: true),
        ["BatchNormalization"] = BatchNormalization,
        ["Gemm"] = Gemm,
        ["MatMul"] = _ => (inputs, _) => inputs[0]!.matmul(inputs[1]!),
        ["Clip"] = Clip,
        ["Relu"] = _ => (inputs, reuse) => reuse ? inputs[0]!.relu_() : inputs[0]!.relu(),
        ["LeakyRelu"] = node => Slope(node.Number("alpha", 0.01f)),
        ["Sigmoid"] = _ => (inputs, _) => inputs[0]!.sigmoid(),
        ["Tanh"] = _ => (inputs, _) => inputs[0]!.tanh(),
        ["HardSigmoid"] = HardSigmoid,
        ["HardSwish"] = _ => (inputs, _) => F.hardswish(inputs[0]!),
        ["Add"] = _ => (inputs, _) => inputs[0]!.add(inputs[1]!),
        ["Sub"] = _ => (inputs, _) => inputs[0]!.sub(inputs[1]!),
        ["Mul"] = _ => (inputs, _) => inputs[0]!.mul(inputs[1]!),
        ["Div"] = _ => (inputs, _) => inputs[0]!.div(inputs[1]!),
        ["Concat"] = node => (inputs, _) => cat(inputs.Select(input => input!).ToArray(), node.Whole("axis", 1)),
        ["Flatten"] = node => Flatten(node.Whole("axis", 1)),
        ["Reshape"] = Reshape,
        ["Squeeze"] = Squeeze,
        ["ReduceMean"] = ReduceMean,
        ["Transpose"] = node => (inputs, _) => inputs[0]!.permute(node.Wholes("perm", 1, 0)),
        ["Identity"] = _ => (inputs, _) => inputs[0]!.alias(),
        // The network is run as it will be used; what the trainer drops, it drops on the embedding.
        ["Dropout"] = _ => (inputs, _) => inputs[0]!.alias(),
    };

    /// <exception cref="TrainingException">The operator, or this form of it, is unknown.</exception>
    public static Operation Translate(NodeReader node, string file) =>
        Known.TryGetValue(node.Operator, out var make)
            ? make(node)
            : throw TrainingErrors.UnknownOperator(file, node.Name, node.Operator, Known.Keys);

    private static Operation Clip(NodeReader node)
    {
        // Held by the operation: TorchSharp does not keep a Scalar alive during the call, and the collector may take one made in passing.
        Scalar low = node.NumberOrInput("min", 1) ?? float.NegativeInfinity, high = node.NumberOrInput("max", 2) ?? float.PositiveInfinity;
        // In place autograd keeps what comes out, which the next layer keeps anyway; otherwise what went in, beside it.
        return (inputs, reuse) => reuse ? inputs[0]!.hardtanh_(low, high) : inputs[0]!.clamp(low, high);
    }

    private static Operation Slope(float alpha) => (inputs, _) => F.leaky_relu(inputs[0]!, alpha);

    private static Operation HardSigmoid(NodeReader node)
    {
        Scalar alpha = node.Number("alpha", 0.2f), beta = node.Number("beta", 0.5f), low = 0f, high = 1f;
        return (inputs, _) => inputs[0]!.mul(alpha).add(beta).clamp(low, high);
    }

    /// <summary>One that no convolution stands before; the others are folded.</summary>
    private static Operation BatchNormalization(NodeReader node)
    {
        var epsilon = node.Number("epsilon", 1e-5f);
        return (inputs, _) => F.batch_norm(inputs[0]!, inputs[3]!, inputs[4]!, inputs[1], inputs[2], training: false, eps: epsilon);
    }

    private static Operation Gemm(NodeReader node)
    {
        var (alpha, beta) = (node.Number("alpha", 1), node.Number("beta", 1));
        Scalar scale = alpha, share = beta;
        var (first, second) = (node.Whole("transA", 0) != 0, node.Whole("transB", 0) != 0);
        return (inputs, _) =>
        {
            var left = first ? inputs[0]!.t() : inputs[0]!;
            var right = second ? inputs[1]!.t() : inputs[1]!;
            var product = left.matmul(right);
            product = alpha == 1 ? product : product.mul(scale);
            if (inputs.Length < 3 || inputs[2] is not { } bias)
                return product;
            return product.add(beta == 1 ? bias : bias.mul(share));
        };
    }

    private static Operation Flatten(long axis) => (inputs, _) =>
    {
        var at = axis < 0 ? axis + inputs[0]!.dim() : axis;
        return inputs[0]!.reshape(inputs[0]!.shape.Take((int)at).Aggregate(1L, (product, length) => product * length), -1);
    };

    private static Operation Reshape(NodeReader node)
    {
        var shape = OnnxTensors.Wholes(node.Constant(1) ?? throw node.Unsupported("no shape"));
        // 0 = as it was (allowzero is for empty tensors).
        return (inputs, _) => inputs[0]!.reshape([.. shape.Select((length, axis) => length == 0 ? inputs[0]!.shape[axis] : length)]);
    }

    private static Operation Squeeze(NodeReader node)
    {
        var axes = node.WholesOrInput("axes", 1) ?? throw node.Unsupported("no axes");
        return (inputs, _) =>
            inputs[0]!.reshape([.. inputs[0]!.shape.Where((_, axis) => !axes.Contains(axis) && !axes.Contains(axis - inputs[0]!.dim()))]);
    }

    private static Operation ReduceMean(NodeReader node)
    {
        var axes = node.WholesOrInput("axes", 1) ?? throw node.Unsupported("no axes");
        var keep = node.Whole("keepdims", 1) != 0;
        return (inputs, _) => inputs[0]!.mean(axes, keepdim: keep);
    }
}
