using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Models.Packing;

/// <summary>The output of a foreign graph that has one score a label, and the features that the scores are made of.</summary>
/// <param name="Name">Of the scores.</param>
/// <param name="Features">What the last linear layer reads; the scores themselves where there is no such layer.</param>
/// <param name="HasSoftmax">Whether the graph makes shares of 1 of the scores itself, in plain sight.</param>
internal sealed record ScoreOutput(string Name, string Features, bool HasSoftmax)
{
    // What leaves shares shares: other shapes, other types, and the rounding of int8 there and back.
    private static readonly string[] Keeping =
    [
        "Identity", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Cast", "CastLike", "Dropout", "Clip", "QuantizeLinear",
        "DequantizeLinear",
    ];

    // QLinear: ONNX Runtime's own forms in its int8 files.
    private static readonly string[] Softmaxes = ["Softmax", "QLinearSoftmax"];
    private static readonly string[] Sigmoids = ["Sigmoid", "HardSigmoid", "QLinearSigmoid"];

    // What may stand between the last linear layer and the output. No Cast: the features are to be float32.
    private static readonly string[] Passing =
    [
        "Softmax", "LogSoftmax", "Identity", "Add", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Dropout", "Clip", "QuantizeLinear",
        "DequantizeLinear",
    ];

    /// <exception cref="ModelException">
    /// No output of this name, or several and none is named, or each label has a share of its own.
    /// </exception>
    public static ScoreOutput Find(OnnxModel model, string? named)
    {
        string[] outputs = [.. model.Proto.Graph.Output.Select(output => output.Name)];
        var only = outputs.Length == 1 ? outputs[0] : null;
        var name = named ?? (outputs.Contains(ModelPackage.ProbabilityName) ? ModelPackage.ProbabilityName : only);
        if (name is null)
            throw ModelErrors.SeveralOutputs(model.File, outputs);
        if (!outputs.Contains(name))
            throw ModelErrors.NoValue(model.File, "output", name, outputs);
        var producers = model.Proto.Graph.Node.SelectMany(node => node.Output.Select(value => (value, node)))
            .GroupBy(pair => pair.value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().node, StringComparer.Ordinal);
        var last = Deciding(producers, name)?.OpType;
        if (Sigmoids.Contains(last))
            throw ModelErrors.Sigmoid(model.File, name);
        return new ScoreOutput(name, FeaturesOf(model.Proto.Graph, producers, name) ?? name, Softmaxes.Contains(last));
    }

    /// <summary>The last node that makes numbers of other numbers; null where the output is the input.</summary>
    private static NodeProto? Deciding(Dictionary<string, NodeProto> producers, string value)
    {
        while (producers.TryGetValue(value, out var node))
        {
            if (!Keeping.Contains(node.OpType))
                return node;
            value = node.Input[0];
        }
        return null;
    }

    private static string? FeaturesOf(GraphProto graph, Dictionary<string, NodeProto> producers, string value)
    {
        var weights = graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        while (producers.TryGetValue(value, out var node))
        {
            if (node.OpType is "Gemm" or "MatMul")
                return IsWeight(node.Input[1]) ? node.Input[0] : null;
            if (!Passing.Contains(node.OpType))
                return null;
            // A bias may be the first operand of an Add.
            if (node.Input.FirstOrDefault(input => !IsWeight(input)) is not { } next)
                return null;
            value = next;
        }
        return null;

        // In int8 files weights are numbers that are made float32 first.
        bool IsWeight(string input) =>
            weights.Contains(input)
            || (producers.TryGetValue(input, out var maker) && maker.OpType is "DequantizeLinear" or "Identity" or "Transpose" or "Constant"
                && maker.Input.All(IsWeight));
    }
}
